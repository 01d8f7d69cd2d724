package io.meanfield.pipeline.score;

import io.meanfield.evaluate.ModelSource;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.table.RowTable;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;

/** The table {@code exports}: one row for the exported file. */
final class ExportTable {
  /** An exported file with its model. */
  record Source(ModelSource model, String file, ExportRecord record) {}

  static final RowTable<Source> TABLE =
      RowTable.<Source>named("exports")
          .column("model_run_id", DataTypes.StringType, row -> row.model().run())
          .nullable("model_version", DataTypes.IntegerType, row -> row.model().version())
          .column("format", DataTypes.StringType, row -> row.record().format().toString())
          .column("file", DataTypes.StringType, Source::file)
          .column("file_sha256", DataTypes.StringType, row -> row.record().fileSha256())
          .column("weights_sha256", DataTypes.StringType, row -> row.record().weightsSha256())
          .column("inputs", DataTypes.StringType, row -> row.record().proof().inputs())
          .column("examples", DataTypes.IntegerType, row -> row.record().proof().examples())
          .column(
              "largest_difference",
              DataTypes.DoubleType,
              row -> row.record().proof().largestDifference());

  private ExportTable() {}

  /** Writes the table, which replaces that of an earlier attempt. */
  static void write(RunDirectory run, ModelSource model, String file, ExportRecord record) {
    TABLE.write(run, List.of(new Source(model, file, record)));
  }
}
