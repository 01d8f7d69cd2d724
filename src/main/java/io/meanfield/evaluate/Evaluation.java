package io.meanfield.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * How good a classifier is on labelled examples.
 *
 * @param loss mean over the examples
 * @param logLoss mean of -ln of the actual class' probability; nothing where outputs are no
 *     distribution
 * @param expectedCalibrationError nothing where outputs are no probabilities
 */
public record Evaluation(
    long examples,
    double loss,
    double accuracy,
    Optional<Double> logLoss,
    Optional<Double> expectedCalibrationError,
    List<ClassResult> classes,
    List<List<Long>> confusion) {

  /** One class against the rest. */
  public record ClassResult(
      int cls,
      long support,
      long predicted,
      double precision,
      double recall,
      double f1,
      Optional<Double> rocAuc) {}

  static Evaluation of(Tally tally, io.meanfield.network.Loss loss, List<Optional<Double>> areas) {
    Confusion confusion = tally.confusion();
    long examples = confusion.total();
    List<ClassResult> classes = new ArrayList<>();
    List<List<Long>> cells = new ArrayList<>();
    for (int cls = 0; cls < confusion.classes(); cls++) {
      classes.add(
          new ClassResult(
              cls,
              confusion.support(cls),
              confusion.predicted(cls),
              confusion.precision(cls),
              confusion.recall(cls),
              confusion.f1(cls),
              areas.get(cls)));
      List<Long> row = new ArrayList<>();
      for (int predicted = 0; predicted < confusion.classes(); predicted++) {
        row.add(confusion.count(cls, predicted));
      }
      cells.add(List.copyOf(row));
    }
    double mean = tally.lossSum() / examples;
    return new Evaluation(
        examples,
        mean,
        (double) confusion.correct() / examples,
        loss.isLogLoss() ? Optional.of(mean) : Optional.empty(),
        loss.givesProbabilities() ? Optional.of(tally.calibration().error()) : Optional.empty(),
        List.copyOf(classes),
        List.copyOf(cells));
  }

  public double macroPrecision() {
    return macro(ClassResult::precision);
  }

  public double macroRecall() {
    return macro(ClassResult::recall);
  }

  public double macroF1() {
    return macro(ClassResult::f1);
  }

  /** Mean over the classes that have one. */
  public Optional<Double> rocAucMacro() {
    OptionalDouble mean =
        classes.stream()
            .flatMap(cls -> cls.rocAuc().stream())
            .mapToDouble(Double::doubleValue)
            .average();
    return mean.isPresent() ? Optional.of(mean.getAsDouble()) : Optional.empty();
  }

  // A class that neither occurs nor is predicted says nothing about the model.
  private double macro(ToDoubleFunction<ClassResult> metric) {
    return classes.stream()
        .filter(cls -> cls.support() > 0 || cls.predicted() > 0)
        .mapToDouble(metric)
        .average()
        .orElse(0);
  }
}
