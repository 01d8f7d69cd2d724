package io.meanfield.pipeline.page;

import io.meanfield.evaluate.inspection.CurveKind;
import io.meanfield.report.ReadableNumber;
import io.meanfield.report.page.Axis;
import io.meanfield.report.page.BarChart;
import io.meanfield.report.page.BarSeries;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.PointSeries;
import io.meanfield.report.page.ScatterChart;
import io.meanfield.report.page.Section;
import io.meanfield.store.StoredRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The errors of a regression. */
final class ResidualSection {
  private ResidualSection() {}

  static Optional<Section> of(RunRecord run) {
    Curves curves = Curves.of(run);
    List<Block> blocks = new ArrayList<>();
    if (curves.has(CurveKind.PREDICTED)) {
      blocks.add(scatter(curves));
    }
    if (curves.has(CurveKind.RESIDUALS)) {
      blocks.add(histogram(curves.of(CurveKind.RESIDUALS)));
    }
    return blocks.isEmpty()
        ? Optional.empty()
        : Optional.of(new Section("errors", "Errors", blocks));
  }

  private static ScatterChart scatter(Curves curves) {
    List<PointSeries> outputs = new ArrayList<>();
    curves
        .byLabel(CurveKind.PREDICTED)
        .forEach(
            (output, points) ->
                outputs.add(
                    new PointSeries(
                        "output " + output,
                        RunRecord.numbers(points, "x"),
                        RunRecord.numbers(points, "y"))));
    return new ScatterChart(
        "Predicted against actual value of random examples; on the dashed line they are equal",
        Axis.linear("actual"),
        Axis.linear("predicted"),
        outputs,
        true);
  }

  private static BarChart histogram(List<StoredRow> bars) {
    return new BarChart(
        "Histogram of the errors: predicted minus actual value",
        bars.stream().map(bar -> ReadableNumber.text(RunRecord.number(bar, "x", 0))).toList(),
        Axis.linear("examples"),
        List.of(new BarSeries("examples", RunRecord.numbers(bars, "y"))),
        BarChart.Arrangement.GROUPED);
  }
}
