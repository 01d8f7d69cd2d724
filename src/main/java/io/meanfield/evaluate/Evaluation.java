package io.meanfield.evaluate;

import io.meanfield.network.Loss;
import io.meanfield.network.TaskType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * How good a network is on labelled examples: what its task has no measure for is absent.
 *
 * @param loss mean over the examples
 * @param correct examples that are right; nothing in a regression
 * @param logLoss mean of -ln of the actual class' probability; nothing where outputs are no
 *     distribution
 * @param expectedCalibrationError nothing where outputs are no probabilities of one class each
 * @param hammingLoss share of wrong labels among all labels of all examples; multi-label only
 * @param errors of a regression
 * @param classes or labels; none in a regression
 * @param confusion {@code [actual][predicted]}; empty unless each example has one class
 */
public record Evaluation(
    long examples,
    double loss,
    Optional<Long> correct,
    Optional<Double> logLoss,
    Optional<Double> expectedCalibrationError,
    Optional<Double> hammingLoss,
    Optional<Errors> errors,
    List<ClassResult> classes,
    List<List<Long>> confusion) {

  /** One class or label against the rest. */
  public record ClassResult(
      int cls,
      long support,
      long predicted,
      double precision,
      double recall,
      double f1,
      Optional<Double> rocAuc) {}

  /**
   * How far a regression is off.
   *
   * @param r2 nothing if all targets are the same
   */
  public record Errors(double mse, double mae, Optional<Double> r2) {}

  static Evaluation of(
      MetricAccumulator tally, TaskType task, Loss loss, List<Optional<Double>> areas) {
    double mean = tally.lossSum() / tally.examples();
    LabelCounts labels = tally.labels();
    return new Evaluation(
        tally.examples(),
        mean,
        optionalIf(task.hasAccuracy(), tally.correct()),
        optionalIf(task.isSingleLabel() && loss == task.logLoss(), mean),
        optionalIf(task.isSingleLabel() && loss.givesProbabilities(), tally.calibration().error()),
        optionalIf(
            task == TaskType.MULTI_LABEL,
            (double) labels.errors() / tally.examples() / Math.max(1, labels.labels())),
        task.hasAccuracy() ? Optional.empty() : Optional.of(errors(tally.errors())),
        classes(labels, areas),
        tally.confusion().cells());
  }

  private static <T> Optional<T> optionalIf(boolean so, T value) {
    return so ? Optional.of(value) : Optional.empty();
  }

  private static Errors errors(RegressionAccumulator sums) {
    return new Errors(sums.mse(), sums.mae(), sums.r2());
  }

  private static List<ClassResult> classes(LabelCounts labels, List<Optional<Double>> areas) {
    List<ClassResult> classes = new ArrayList<>();
    for (int cls = 0; cls < labels.labels(); cls++) {
      classes.add(
          new ClassResult(
              cls,
              labels.support(cls),
              labels.predicted(cls),
              labels.precision(cls),
              labels.recall(cls),
              labels.f1(cls),
              areas.get(cls)));
    }
    return List.copyOf(classes);
  }

  /** Share of the examples that are right; in multi-label tasks, right in every label. */
  public Optional<Double> accuracy() {
    return correct.map(right -> (double) right / examples);
  }

  public Optional<Double> macroPrecision() {
    return macro(ClassResult::precision);
  }

  public Optional<Double> macroRecall() {
    return macro(ClassResult::recall);
  }

  public Optional<Double> macroF1() {
    return macro(ClassResult::f1);
  }

  /** Mean over the classes that have one. */
  public Optional<Double> rocAucMacro() {
    return optional(
        classes.stream()
            .flatMap(cls -> cls.rocAuc().stream())
            .mapToDouble(Double::doubleValue)
            .average());
  }

  // A class that neither occurs nor is predicted says nothing about the model.
  private Optional<Double> macro(ToDoubleFunction<ClassResult> metric) {
    return optional(
        classes.stream()
            .filter(cls -> cls.support() > 0 || cls.predicted() > 0)
            .mapToDouble(metric)
            .average());
  }

  private static Optional<Double> optional(OptionalDouble mean) {
    return mean.isPresent() ? Optional.of(mean.getAsDouble()) : Optional.empty();
  }
}
