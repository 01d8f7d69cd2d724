package io.meanfield.pipeline.page;

import static io.meanfield.pipeline.page.RunRecord.numbers;

import io.meanfield.evaluate.inspection.Skew;
import io.meanfield.report.ReadableNumber;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Chart;
import io.meanfield.report.page.Chart.Marker;
import io.meanfield.report.page.Chart.Series;
import io.meanfield.store.table.StoredRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** How well the probabilities of two classes rank and calibrate; the errors of a regression. */
final class CurveSections {
  private static final double[] UNIT = {0, 1};
  private static final int BINS = 10;
  private static final String CUT = "; without those below the 1st and above the 99th percentile";

  /**
   * The point of the curves at which a model for two classes decides.
   *
   * @param threshold the smallest probability of class 1 for which it predicts class 1
   */
  private record Point(double threshold, double falsePositiveRate, double recall) {
    /** Says in words how the model decides. */
    String sentence(String positive) {
      return String.format(
          Locale.ROOT,
          "The model predicts class %s where its probability is at least %s. So it finds %s of the"
              + " examples of this class, and gives a false alarm for %s of the others.",
          positive,
          ReadableNumber.text(threshold),
          Numbers.percent(recall),
          Numbers.percent(falsePositiveRate));
    }

    Marker marker(double x) {
      return new Marker(x, "threshold " + ReadableNumber.text(threshold));
    }
  }

  private CurveSections() {}

  /** Returns the curves of two classes. */
  static List<Block> probabilities(RunRecord run) {
    List<StoredRow> curves = run.table("curves");
    List<StoredRow> roc = of(curves, "roc");
    if (roc.isEmpty()) {
      return List.of(); // there are not two classes, and their tables may be large
    }
    List<String> classes = run.classNames(2);
    String positive = classes.get(1);
    List<Block> blocks = new ArrayList<>();
    Point point = point(run);
    blocks.add(new Block.Prose(point.sentence(positive)));
    blocks.add(
        Chart.lines(
            "ROC curve of class " + positive,
            "false positive rate",
            "true positive rate",
            List.of(line(roc, "x", "y"), new Series("chance", UNIT, UNIT)),
            List.of(point.marker(point.falsePositiveRate()))));
    blocks.add(
        Chart.lines(
            "Precision-recall curve of class " + positive,
            "recall",
            "precision",
            List.of(line(of(curves, "pr"), "x", "y")),
            List.of(point.marker(point.recall()))));
    List<StoredRow> calibration =
        run.table("calibration").stream()
            .filter(row -> RunRecord.integer(row, "class") == 1)
            .sorted(Comparator.comparingDouble(row -> RunRecord.number(row, "mean_predicted", 0)))
            .toList();
    if (!calibration.isEmpty()) {
      blocks.add(
          Chart.lines(
              "Calibration: how often class " + positive + " occurs, by predicted probability",
              "mean predicted probability",
              "observed share",
              line(calibration, "mean_predicted", "observed"),
              new Series("perfect calibration", UNIT, UNIT)));
      blocks.add(histogram(calibration, classes));
    }
    return blocks;
  }

  private static List<StoredRow> of(List<StoredRow> curves, String kind) {
    return curves.stream().filter(row -> row.text("kind").orElse("").equals(kind)).toList();
  }

  private static Series line(List<StoredRow> points, String x, String y) {
    return new Series("model", numbers(points, x), numbers(points, y));
  }

  private static Point point(RunRecord run) {
    double[] recalls = new double[2];
    for (StoredRow row : run.table("evaluation_by_class")) {
      recalls[RunRecord.integer(row, "class")] = RunRecord.number(row, "recall", 0);
    }
    return new Point(threshold(run), 1 - recalls[0], recalls[1]);
  }

  private static double threshold(RunRecord run) {
    return run.table("evaluation").stream()
        .findFirst()
        .flatMap(row -> row.number("threshold"))
        .or(() -> Optional.ofNullable(run.status().result().metrics().get("threshold")))
        .orElse(0.5);
  }

  private static Block histogram(List<StoredRow> calibration, List<String> classes) {
    double[][] counts = new double[2][BINS];
    for (StoredRow row : calibration) {
      int bin = RunRecord.integer(row, "bin");
      double examples = RunRecord.number(row, "examples", 0);
      counts[1][bin] = Math.rint(examples * RunRecord.number(row, "observed", 0));
      counts[0][bin] = examples - counts[1][bin];
    }
    return Chart.bars(
        Chart.Kind.STACKED_BARS,
        "Examples by their probability of class " + classes.get(1) + ", in steps of 0.1",
        IntStream.range(0, BINS).mapToObj(bin -> "0." + bin).toList(),
        "examples",
        List.of(
            Chart.bars("actual " + classes.get(0), counts[0]),
            Chart.bars("actual " + classes.get(1), counts[1])));
  }

  /** Returns the errors of a regression. */
  static List<Block> errors(RunRecord run) {
    List<StoredRow> curves = run.table("curves");
    List<Block> blocks = new ArrayList<>();
    Map<String, List<StoredRow>> outputs =
        of(curves, "predicted").stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.text("label").orElse(""), TreeMap::new, Collectors.toList()));
    if (!outputs.isEmpty()) {
      blocks.add(predicted(outputs, ResultSection.targets(run)));
    }
    List<StoredRow> bars = of(curves, "residual_histogram");
    if (!bars.isEmpty()) {
      blocks.add(
          Chart.bars(
              Chart.Kind.BARS,
              "Histogram of the errors: predicted minus actual value"
                  + bars.get(0).text("label").map(label -> CUT).orElse(""),
              middles(numbers(bars, "x")),
              "examples",
              List.of(Chart.bars("examples", numbers(bars, "y")))));
    }
    return blocks;
  }

  /** Returns the middles of bins with no more digits than tell them apart, so that zero is 0. */
  static List<String> middles(double[] x) {
    double width = x.length > 1 ? x[1] - x[0] : 1;
    int decimals = ReadableNumber.decimals(width, 2);
    return DoubleStream.of(x)
        .mapToObj(
            middle ->
                decimals == 0
                    ? ReadableNumber.text(Math.rint(middle) + 0.0) // no negative zero
                    : ReadableNumber.rounded(middle, decimals))
        .toList();
  }

  /** Returns the name of the target of an output; its number if the settings name none. */
  static String name(String output, List<String> targets) {
    int number = Integer.parseInt(output);
    return number < targets.size() ? targets.get(number) : "output " + output;
  }

  private static Block predicted(Map<String, List<StoredRow>> outputs, List<String> targets) {
    List<StoredRow> all = outputs.values().stream().flatMap(List::stream).toList();
    Skew x = Skew.of(numbers(all, "x"));
    Skew y = Skew.of(numbers(all, "y"));
    List<Series> series = new ArrayList<>();
    outputs.forEach(
        (output, points) -> {
          List<StoredRow> shown =
              points.stream()
                  .filter(row -> x.shows(RunRecord.number(row, "x", 0)))
                  .filter(row -> y.shows(RunRecord.number(row, "y", 0)))
                  .toList();
          series.add(new Series(name(output, targets), numbers(shown, "x"), numbers(shown, "y")));
        });
    return new Chart(
        Chart.Kind.POINTS,
        "Predicted against actual value of random examples; on the dashed line they are equal"
            + (x.isCut() || y.isCut() ? CUT : ""),
        "actual",
        "predicted",
        List.of(),
        series,
        List.of());
  }
}
