package io.meanfield.data.frame;

import io.meanfield.data.ColumnNames;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The keys by which the rows of a table are numbered, numbers of 64 bits whose first bits divide
 * the rows evenly. They depend on the rows alone, not on the order or the pieces in which Spark
 * reads them.
 */
final class RowOrder {
  // Spark writes the hash of more columns into one method, which Java would not compile.
  private static final int MOST_INLINE = 16;

  private RowOrder() {}

  /** Returns a hash of the ids in a column. */
  static Column ofId(String column) {
    return functions.xxhash64(ColumnNames.string(column));
  }

  /**
   * Returns the key of a column with the numbers 0, 1, 2 …
   *
   * @param count the number of rows
   */
  static Column ofNumber(String column, long count) {
    Column number = ColumnNames.named(column).cast("bigint");
    int unused = Math.min(Long.SIZE - 1, Long.numberOfLeadingZeros(count - 1));
    return functions.shiftleft(number, unused).bitwiseXOR(functions.lit(Long.MIN_VALUE));
  }

  /** Returns the hash of all columns of a frame that can be hashed. */
  static Column contentHash(Dataset<Row> frame) {
    Column[] all =
        Arrays.stream(frame.schema().fields())
            .filter(field -> !hasMap(field.dataType()))
            .sorted(Comparator.comparing(StructField::name))
            .map(field -> ColumnNames.named(field.name()))
            .toArray(Column[]::new);
    return all.length > MOST_INLINE
        ? functions.xxhash64(functions.struct(all))
        : functions.xxhash64(all);
  }

  private static boolean hasMap(DataType type) {
    if (type instanceof ArrayType array) {
      return hasMap(array.elementType());
    }
    return type instanceof MapType
        || (type instanceof StructType struct
            && Arrays.stream(struct.fields()).anyMatch(field -> hasMap(field.dataType())));
  }

  /** Returns the columns under names of their own, because a column may be selected twice. */
  static Column[] numbered(List<Column> selected, List<Column> added) {
    List<Column> all = Stream.concat(selected.stream(), added.stream()).toList();
    Column[] numbered = new Column[all.size()];
    Arrays.setAll(numbered, i -> all.get(i).as("c" + i));
    return numbered;
  }
}
