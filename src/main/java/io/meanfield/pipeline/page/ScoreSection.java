package io.meanfield.pipeline.page;

import static io.meanfield.pipeline.page.RunRecord.numbers;

import io.meanfield.evaluate.inspection.CurveKind;
import io.meanfield.report.page.Axis;
import io.meanfield.report.page.BarChart;
import io.meanfield.report.page.BarSeries;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.LineChart;
import io.meanfield.report.page.Marker;
import io.meanfield.report.page.Paragraph;
import io.meanfield.report.page.Section;
import io.meanfield.report.page.Series;
import io.meanfield.store.StoredRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How well the probabilities of two classes rank, separate and calibrate. */
final class ScoreSection {
  private static final double[] UNIT = {0, 1};
  private static final String MODEL = "model";

  private final RunRecord run;
  private final Curves curves;
  private final String positive;

  private ScoreSection(RunRecord run, Curves curves) {
    this.run = run;
    this.curves = curves;
    this.positive = run.classNames().of(1);
  }

  static Optional<Section> of(RunRecord run) {
    Curves curves = Curves.of(run);
    if (!curves.has(CurveKind.SCORES)) {
      return Optional.empty(); // there are not two classes, and their tables may be large
    }
    List<Block> blocks = new ScoreSection(run, curves).blocks();
    return Optional.of(new Section("probabilities", "Probabilities", blocks));
  }

  private List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    if (curves.has(CurveKind.ROC)) {
      Optional<Operating> point = Operating.of(run);
      point.ifPresent(found -> blocks.add(new Paragraph(found.sentence(positive))));
      blocks.add(roc(point));
      blocks.add(precisionRecall(point));
    }
    calibration().ifPresent(blocks::add);
    blocks.add(histogram());
    return blocks;
  }

  private LineChart roc(Optional<Operating> point) {
    return new LineChart(
        "ROC curve of class " + positive,
        Axis.linear("false positive rate"),
        Axis.linear("true positive rate"),
        List.of(line(CurveKind.ROC), new Series("chance", UNIT, UNIT)),
        point.stream().map(found -> new Marker(found.falsePositiveRate(), found.label())).toList());
  }

  private LineChart precisionRecall(Optional<Operating> point) {
    return new LineChart(
        "Precision-recall curve of class " + positive,
        Axis.linear("recall"),
        Axis.linear("precision"),
        List.of(line(CurveKind.PRECISION_RECALL)),
        point.stream().map(found -> new Marker(found.recall(), found.label())).toList());
  }

  private Series line(CurveKind kind) {
    List<StoredRow> points = curves.of(kind);
    return new Series(MODEL, numbers(points, "x"), numbers(points, "y"));
  }

  private Optional<Block> calibration() {
    List<StoredRow> bins =
        run.table("calibration").stream()
            .filter(row -> RunRecord.integer(row, "class") == 1)
            .sorted(Comparator.comparingDouble(row -> RunRecord.number(row, "mean_predicted", 0)))
            .toList();
    if (bins.isEmpty()) {
      return Optional.empty();
    }
    Series model = new Series(MODEL, numbers(bins, "mean_predicted"), numbers(bins, "observed"));
    return Optional.of(
        new LineChart(
            "Calibration: how often class " + positive + " occurs, by predicted probability",
            Axis.linear("mean predicted probability"),
            Axis.linear("observed share"),
            List.of(model, new Series("perfect calibration", UNIT, UNIT)),
            List.of()));
  }

  private BarChart histogram() {
    List<BarSeries> classes = new ArrayList<>();
    List<String> bins = new ArrayList<>();
    curves
        .byLabel(CurveKind.SCORES)
        .forEach(
            (cls, bars) -> {
              bins.clear();
              bars.forEach(bar -> bins.add(decimals(RunRecord.number(bar, "x", 0))));
              String name = run.classNames().of(Integer.parseInt(cls));
              String shown = name.equals(cls) ? cls : name + " (" + cls + ")";
              classes.add(new BarSeries("actual " + shown, numbers(bars, "y")));
            });
    return new BarChart(
        "Examples by their probability of class " + positive + ", in steps of 0.05",
        bins,
        Axis.linear("examples"),
        classes,
        BarChart.Arrangement.STACKED);
  }

  private static String decimals(double lower) {
    return String.format(Locale.ROOT, "%.2f", lower);
  }
}
