package io.meanfield.data.frame;

import io.meanfield.data.ColumnNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.hash.Murmur3_x86_32;

/**
 * The order in which the rows of a table are numbered. It depends on the rows alone, not on the
 * order or the pieces in which Spark reads them.
 */
sealed interface RowOrder {
  /**
   * Returns the rows in order, partition by partition.
   *
   * @param selected the columns that are kept
   * @param partitions the number of partitions, a power of two
   * @param rows the number of rows of a partition, about
   */
  Dataset<Row> sort(Dataset<Row> frame, List<Column> selected, int partitions, long rows);

  /**
   * The order of a hash, of 64 bits, of the id or of all columns of a row; rows of equal hash are
   * in the order of what is selected of them. Which of several equal rows comes first makes no
   * difference.
   *
   * @param hashed the columns that the hash is of
   */
  record ByHash(List<Column> hashed) implements RowOrder {
    // Spark writes the hash of more columns into one method, which Java would not compile.
    private static final int MOST_INLINE = 16;
    private static final int MURMUR_SEED = 42; // of Spark's partitioning

    /** Returns the order by all columns of a frame that can be hashed. */
    static ByHash ofContent(Dataset<Row> frame) {
      return new ByHash(
          Arrays.stream(frame.schema().fields())
              .filter(field -> !hasMap(field.dataType()))
              .sorted(Comparator.comparing(StructField::name))
              .map(field -> ColumnNames.named(field.name()))
              .toList());
    }

    private static boolean hasMap(DataType type) {
      if (type instanceof ArrayType array) {
        return hasMap(array.elementType());
      }
      return type instanceof MapType
          || (type instanceof StructType struct
              && Arrays.stream(struct.fields()).anyMatch(field -> hasMap(field.dataType())));
    }

    /** The hash. */
    Column hash() {
      Column[] all = hashed.toArray(Column[]::new);
      return all.length > MOST_INLINE
          ? functions.xxhash64(functions.struct(all))
          : functions.xxhash64(all);
    }

    @Override
    public Dataset<Row> sort(Dataset<Row> frame, List<Column> selected, int partitions, long rows) {
      Column hash = functions.col("c" + selected.size());
      List<Column> order = new ArrayList<>(List.of(hash));
      IntStream.range(0, selected.size()).mapToObj(i -> functions.col("c" + i)).forEach(order::add);
      return frame
          .select(numbered(selected, List.of(hash())))
          .repartition(partitions, place(hash, partitions))
          .sortWithinPartitions(order.toArray(Column[]::new));
    }

    // Partition by partition, the order is that of the hash, whatever the number of
    // partitions is. Spark partitions by a hash of its own, so each partition has a number whose
    // hash leads to it.
    private static Column place(Column hash, int partitions) {
      int bits = Integer.numberOfTrailingZeros(partitions);
      Column partition =
          bits == 0
              ? functions.lit(0)
              : functions
                  .shiftright(hash, Long.SIZE - bits)
                  .cast(DataTypes.IntegerType)
                  .plus(partitions / 2);
      return functions.element_at(functions.lit(numbers(partitions)), partition.plus(1));
    }

    private static int[] numbers(int partitions) {
      int[] numbers = new int[partitions];
      boolean[] found = new boolean[partitions];
      int left = partitions;
      for (int number = 0; left > 0; number++) {
        int partition = Math.floorMod(Murmur3_x86_32.hashInt(number, MURMUR_SEED), partitions);
        if (!found[partition]) {
          found[partition] = true;
          numbers[partition] = number;
          left--;
        }
      }
      return numbers;
    }
  }

  /**
   * The order of a column with the numbers 0, 1, 2 …
   *
   * @param column the name
   */
  record ByNumber(String column) implements RowOrder {
    @Override
    public Dataset<Row> sort(Dataset<Row> frame, List<Column> selected, int partitions, long rows) {
      String number = "c" + selected.size();
      String partition = "c" + (selected.size() + 1);
      Column named = ColumnNames.named(column);
      Column group = functions.floor(named.divide(functions.lit(rows)));
      return frame
          .select(numbered(selected, List.of(named, group)))
          .repartitionByRange(partitions, functions.col(partition))
          .sortWithinPartitions(number);
    }
  }

  /** Returns the columns under names of their own, because a column may be selected twice. */
  static Column[] numbered(List<Column> selected, List<Column> added) {
    List<Column> all = Stream.concat(selected.stream(), added.stream()).toList();
    Column[] numbered = new Column[all.size()];
    Arrays.setAll(numbered, i -> all.get(i).as("c" + i));
    return numbered;
  }
}
