package io.meanfield.pipeline.compare;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.HadoopPaths;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.TableRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;

/**
 * Reads the table {@code predictions} of a run in this process: the columns that a test needs. The
 * outputs, by far the largest column, are read only if there are targets.
 */
final class PredictionsReader {
  private static final String TARGETS = "targets";
  private static final String OUTPUTS = "outputs";
  private static final List<String> COLUMNS =
      List.of("example_id", "actual", "predicted", "weight");

  private PredictionsReader() {}

  /**
   * Returns the rows of the table.
   *
   * @throws UserException if a file of the table cannot be read
   */
  static List<TestPrediction> read(RunDirectory run, Configuration hadoop) {
    List<TestPrediction> rows = new ArrayList<>();
    for (String file : run.list(RunDirectory.TABLES + "/" + TestPredictions.TABLE)) {
      if (file.endsWith(".parquet")) {
        read(new Path(run.table(TestPredictions.TABLE), file), hadoop, rows);
      }
    }
    return rows;
  }

  // Parquet reports damage with unchecked exceptions of several types.
  private static void read(Path file, Configuration hadoop, List<TestPrediction> rows) {
    try (TableRows table = TableRows.open(file, hadoop)) {
      table.read(columns(table)::contains, row -> rows.add(row(row)));
    } catch (IOException | RuntimeException e) {
      throw new UserException(
          ErrorCode.STORE_UNREADABLE,
          HadoopPaths.display(file)
              + " cannot be read as a table of predictions: "
              + UserException.reason(e)
              + "; restore the file from a backup",
          e);
    }
  }

  private static Set<String> columns(TableRows table) {
    Set<String> names = new HashSet<>(COLUMNS);
    if (hasTargets(table)) {
      names.addAll(List.of(TARGETS, OUTPUTS));
    }
    return names;
  }

  // The column is there even if no example has targets.
  private static boolean hasTargets(TableRows table) {
    return table.groups().stream()
        .flatMap(block -> block.getColumns().stream())
        .filter(chunk -> chunk.getPath().toArray()[0].equals(TARGETS))
        .anyMatch(chunk -> chunk.getStatistics().getNumNulls() != chunk.getValueCount());
  }

  private static TestPrediction row(Group row) {
    boolean hasTargets = has(row, TARGETS);
    return new TestPrediction(
        row.getLong("example_id", 0),
        has(row, "actual") ? row.getInteger("actual", 0) : -1,
        has(row, "predicted") ? row.getInteger("predicted", 0) : -1,
        hasTargets ? meanError(row, 2) : Double.NaN,
        hasTargets ? meanError(row, 1) : Double.NaN,
        has(row, "weight") ? row.getFloat("weight", 0) : 1);
  }

  private static boolean has(Group row, String column) {
    return row.getType().containsField(column) && row.getFieldRepetitionCount(column) > 0;
  }

  /** Returns the mean over the outputs of the error to a power. */
  private static double meanError(Group row, int power) {
    float[] outputs = floats(row, OUTPUTS);
    float[] targets = floats(row, TARGETS);
    double sum = 0;
    for (int i = 0; i < outputs.length; i++) {
      sum += Math.pow(Math.abs((double) outputs[i] - targets[i]), power);
    }
    return sum / outputs.length;
  }

  // The layout of a list: optional group name (LIST) { repeated group list { float element } }.
  private static float[] floats(Group row, String column) {
    Group values = row.getGroup(column, 0);
    float[] floats = new float[values.getFieldRepetitionCount(0)];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.getGroup(0, i).getFloat(0, 0);
    }
    return floats;
  }
}
