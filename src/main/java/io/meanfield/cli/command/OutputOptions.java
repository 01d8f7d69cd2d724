package io.meanfield.cli.command;

import io.meanfield.data.source.PassedColumns;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.score.PredictOutput;
import io.meanfield.store.table.RowFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options of {@code predict} for a place outside of its run. */
public final class OutputOptions {
  @ArgGroup private Place place = new Place();

  /** The place; at most one of the two options. */
  private static final class Place {
    @Option(
        names = "--out",
        paramLabel = "PATH",
        description =
            "Write the predictions to files in this directory, a path or a URI, instead of the"
                + " table predictions of the run. It appears when it is complete.")
    private String path;

    @Option(
        names = "--out-table",
        paramLabel = "NAME",
        description =
            "Write the predictions to this table of one of Spark's catalogs, such as"
                + " CATALOG.DB.TABLE, in the format of the catalog.")
    private String table;
  }

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "COLUMN",
      description =
          "Columns of the data to copy to the output, separated by commas, or * for all. Parquet"
              + " columns keep their types, CSV columns are strings.")
  private List<String> columns = new ArrayList<>();

  @Option(
      names = "--partition-by",
      split = ",",
      paramLabel = "COLUMN",
      description = "Columns of the output whose values divide its files into directories.")
  private List<String> partitionBy = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "The format of the files in --out: parquet; csv with a header in each file; or"
              + " spreadsheet, the same with an apostrophe before texts that a spreadsheet would"
              + " take for formulas. Default: parquet.")
  private RowFormat format;

  @Option(
      names = "--overwrite",
      description =
          "Replace the predictions of an earlier run in --out, or the table of --out-table.")
  private boolean overwrite;

  /** Returns the place; empty for the table of the run. */
  public Optional<PredictOutput> output() {
    boolean isSet = place.path != null || place.table != null;
    if (!isSet && (overwrite || !columns.isEmpty() || !partitionBy.isEmpty())) {
      throw new UserException(
          ErrorCode.WRONG_ARGUMENTS,
          "--columns, --partition-by and --overwrite need --out PATH or --out-table NAME");
    }
    if (format != null && place.path == null) {
      throw new UserException(ErrorCode.WRONG_ARGUMENTS, "--format needs --out PATH");
    }
    return isSet ? Optional.of(place()) : Optional.empty();
  }

  private PredictOutput place() {
    return new PredictOutput(
        Optional.ofNullable(place.path),
        Optional.ofNullable(place.table),
        PassedColumns.of(columns),
        List.copyOf(partitionBy),
        format == null ? RowFormat.PARQUET : format,
        overwrite);
  }
}
