package io.meanfield.data.source;

import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.TargetKind;
import io.meanfield.data.encoding.SkippedRows;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The rows of a data set in the order and in the pieces in which they are read, for a job that
 * scores each row by itself; nothing is shuffled. Driver only.
 *
 * @param columns of {@link RowBlock}: {@value #ID}, then the columns that are copied
 * @param identity what tells these rows from others, for the manifest of a run
 * @param skipped returns the rows that are not among the blocks, after these have been read
 * @param releaseRows frees what the source keeps in Spark's cache
 */
public record InputRows(
    Inputs inputs,
    StructType columns,
    JavaRDD<RowBlock> blocks,
    Map<String, Object> identity,
    Supplier<SkippedRows> skipped,
    Runnable releaseRows) {
  /** The column with the id of a row or, without a column of ids, its position from 0 on. */
  public static final String ID = "example_id";

  /**
   * What a network sees of a row.
   *
   * @param width the number of values
   * @param encoder of the values; empty for data that are no table
   * @param display the location of the data, for messages
   */
  public record Inputs(
      int width, TargetKind targets, Optional<TableEncoder> encoder, String display) {}

  /**
   * Consecutive rows of a table: what the network sees of them, and the values that are copied.
   * Stays in the task that reads it.
   *
   * @param examples one for each row, in the same order
   * @param values for each row the values of {@link #columns()}
   * @param categories returns the values of a row's categorical columns; none if only their codes
   *     are known
   */
  public record RowBlock(
      Examples examples, List<Object[]> values, IntFunction<String[]> categories) {
    /** The number of rows of a full block. A constant, because a block is computed at once. */
    public static final int ROWS = 4096;
  }

  /** Returns the rows of an opened data set, without columns to copy. */
  static InputRows of(Dataset data) {
    boolean named = hasExternalIds(data);
    DataType type = named ? DataTypes.StringType : DataTypes.LongType;
    return new InputRows(
        new Inputs(data.width(), data.targetKind(), data.encoder(), data.display()),
        new StructType(new StructField[] {DataTypes.createStructField(ID, type, false)}),
        data.blocks().flatMap(block -> rows(block, named).iterator()),
        Map.of("fingerprint", data.fingerprint(), "examples", data.count()),
        data.findings()::skipped,
        data::release);
  }

  private static boolean hasExternalIds(Dataset data) {
    return data.blocks()
        .filter(block -> block.count() > 0)
        .map(block -> block.externalIds().length > 0)
        .take(1)
        .contains(true);
  }

  private static List<RowBlock> rows(Examples block, boolean named) {
    List<Object[]> ids =
        IntStream.range(0, block.count())
            .mapToObj(
                row -> new Object[] {named ? block.externalIds()[row] : (Object) block.ids()[row]})
            .toList();
    return List.of(new RowBlock(block, ids, row -> new String[0]));
  }

  /** Throws unless a row has as many values as a network has inputs. */
  public void requireWidth(int network) {
    DatasetCheck.requireWidth(inputs.width(), false, inputs.display(), network);
  }

  /** Returns the error of data without rows. */
  public UserException empty() {
    return UserException.of(
        ErrorCode.DATA_UNREADABLE, "%s has no rows; name data with rows", inputs.display());
  }
}
