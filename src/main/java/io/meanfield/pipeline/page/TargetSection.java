package io.meanfield.pipeline.page;

import io.meanfield.report.page.Block;
import io.meanfield.report.page.Table;
import io.meanfield.store.table.StoredRow;
import java.util.Comparator;
import java.util.List;

/** The errors of each of several targets of a regression. */
final class TargetSection {
  static final String TABLE = "evaluation_by_target";

  private TargetSection() {}

  static List<Block> blocks(RunRecord run) {
    List<StoredRow> targets =
        run.table(TABLE).stream()
            .sorted(Comparator.comparingInt(row -> RunRecord.integer(row, "target")))
            .toList();
    TargetNames names = TargetNames.of(run.manifest());
    return targets.isEmpty()
        ? List.of()
        : List.of(
            new Table.Columns<StoredRow>()
                .text("target", row -> names.name(RunRecord.integer(row, "target")))
                .number("RMSE", row -> text(row, "rmse"))
                .number("MAE", row -> text(row, "mae"))
                .number("R²", row -> text(row, "r2"))
                .of("Errors by target, each in its unit", targets));
  }

  private static String text(StoredRow row, String metric) {
    double value = RunRecord.number(row, metric, Double.NaN);
    return Double.isNaN(value) ? "" : new ShownMetric(metric).text(value);
  }
}
