package io.meanfield.pipeline.score;

import io.meanfield.data.source.PassedColumns;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.store.file.HadoopPaths;
import io.meanfield.store.table.Output;
import io.meanfield.store.table.OutputDirectory;
import io.meanfield.store.table.OutputTable;
import io.meanfield.store.table.RowFormat;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructField;

/**
 * Where {@code predict} writes outside of its run, and what.
 *
 * @param path of a directory; empty for a table
 * @param table the name of a table; empty for a directory
 * @param partitionBy the columns whose values divide the files into directories
 * @param format of the files of a directory
 * @param overwrite whether the predictions of another run may be replaced
 */
public record PredictOutput(
    Optional<String> path,
    Optional<String> table,
    PassedColumns columns,
    List<String> partitionBy,
    RowFormat format,
    boolean overwrite) {

  /** Throws unless the data have columns, if some are copied. */
  void requireSupported(JobSettings settings) {
    if (!columns.isNone() && settings.data().testFraction() > 0) {
      throw new UserException(
          ErrorCode.WRONG_ARGUMENTS,
          "--columns copies columns of data.test or --data, but data.test-fraction makes a share of"
              + " data.train the test set; name the rows to predict with --data");
    }
    if (!columns.isNone() && !settings.data().test().copiesColumns()) {
      throw UserException.of(
          ErrorCode.WRONG_ARGUMENTS,
          "--columns copies columns of csv and parquet files only, found data.format = %s; leave"
              + " --columns out, or, if the rows are in such files, add --set data.format=csv",
          settings.data().format());
    }
  }

  /** Opens the place and throws if it is taken, or if it lies among the data. */
  Output open(JobContext job) {
    Output output =
        path.<Output>map(location -> directory(job, location)).orElseGet(() -> table(job));
    output.prepare(
        job.id(), overwrite ? Output.Replacement.OF_ANY_RUN : Output.Replacement.OF_SAME_RUN);
    return output;
  }

  private Output table(JobContext job) {
    return new OutputTable(job.spark(), table.orElseThrow());
  }

  private OutputDirectory directory(JobContext job, String location) {
    OutputDirectory directory =
        OutputDirectory.at(job.sparkContext().hadoopConfiguration(), location, format);
    for (String data : job.settings().data().test().locations()) {
      if (overlaps(directory, HadoopPaths.resolve(data))) {
        throw UserException.of(
            ErrorCode.WRONG_ARGUMENTS,
            "--out %s overlaps the data in %s; choose another path",
            directory.display(),
            data);
      }
    }
    return directory;
  }

  private static boolean overlaps(OutputDirectory directory, Path data) {
    try {
      return directory.overlaps(data);
    } catch (IOException e) {
      throw UserException.causedBy(
          e,
          ErrorCode.WRONG_ARGUMENTS,
          "--out %s cannot be used: %s",
          directory.display(),
          e.getMessage());
    }
  }

  /**
   * Throws unless the columns of the output have different names, and the files can be divided by
   * {@code partitionBy}.
   */
  void requireColumns(StructField[] fields) {
    Map<String, StructField> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (StructField field : fields) {
      if (byName.put(field.name(), field) != null) {
        throw UserException.of(
            ErrorCode.WRONG_ARGUMENTS,
            "--columns passes %s through, but predict writes a column of that name; name the other"
                + " columns in --columns, or rename that column of the data",
            field.name());
      }
    }
    partitionBy.forEach(column -> requirePartition(column, byName));
  }

  private static void requirePartition(String column, Map<String, StructField> fields) {
    if (!fields.containsKey(column)) {
      throw UserException.of(
          ErrorCode.WRONG_ARGUMENTS,
          "--partition-by names %s, which is no column of the output; expected one of %s; columns"
              + " of the data are passed through with --columns",
          column,
          String.join(", ", fields.keySet()));
    }
    if (fields.get(column).dataType() instanceof ArrayType) {
      throw UserException.of(
          ErrorCode.WRONG_ARGUMENTS,
          "--partition-by names %s, an array; expected a column with single values",
          column);
    }
  }

  /** Describes the output for the manifest of the run. */
  Map<String, Object> describe() {
    return Map.of(
        "to",
        path.or(() -> table).orElseThrow(),
        "columns",
        columns.all() ? List.of("*") : columns.names(),
        "partition_by",
        partitionBy,
        "format",
        format.name().toLowerCase(Locale.ROOT));
  }
}
