package io.meanfield.data.frame;

import io.meanfield.data.encoding.ColumnNames;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.store.file.HadoopPaths;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A table as Spark reads it, in which structs are replaced by their fields; driver only.
 *
 * @param display the location of the table, for messages
 * @param files the files of the rows by a hash of their paths, which takes less space in a row than
 *     the path; none if the rows come from elsewhere, or from one file
 * @param malformed the column with the text of a record that has other fields than the header;
 *     empty if no record can
 */
record Table(
    Dataset<Row> frame, String display, Map<Long, String> files, Optional<String> malformed) {
  // Spark writes the hash of more columns into one method, which Java would not compile.
  private static final int MOST_INLINE = 16;

  private static final long SEED = 42; // of Spark's function xxhash64

  /** Returns a table whose rows have no place in a file. */
  static Table of(Dataset<Row> frame, String display) {
    return new Table(StructFields.of(frame), display, Map.of(), Optional.empty());
  }

  /** Returns a table that Spark reads from files. */
  static Table ofFiles(Dataset<Row> frame, String display, Optional<String> malformed) {
    Map<Long, String> names = new HashMap<>();
    String[] files = frame.inputFiles();
    for (String file : files.length > 1 ? files : new String[0]) {
      Path path = new Path(URI.create(file));
      // Spark writes the path of a row's file in one of these forms.
      for (String written : new String[] {file, path.toString(), path.toUri().toString()}) {
        names.put(hash(written), HadoopPaths.display(path));
      }
    }
    return new Table(StructFields.of(frame), display, names, malformed);
  }

  /** Returns the same table after it is known which of its vectors are weighted sets. */
  Table withKnownVectors(Optional<TableEncoder> encoder) {
    return new Table(WideVectors.of(frame, encoder), display, files, malformed);
  }

  private static long hash(String text) {
    UTF8String bytes = UTF8String.fromString(text);
    return XXH64.hashUnsafeBytes(
        bytes.getBaseObject(), bytes.getBaseOffset(), bytes.numBytes(), SEED);
  }

  /** Returns the names of the columns. */
  List<String> columns() {
    return Arrays.stream(frame.columns())
        .filter(column -> !malformed.equals(Optional.of(column)))
        .toList();
  }

  /** Returns the columns that tell the fault and the file of a row. */
  List<Column> places() {
    List<Column> places = new ArrayList<>();
    malformed.ifPresent(column -> places.add(ColumnNames.named(column)));
    if (!files.isEmpty()) {
      places.add(functions.xxhash64(functions.col("_metadata.file_path")));
    }
    return places;
  }

  /** Returns columns under names of their own, because a column may be selected twice. */
  Dataset<Row> select(List<Column> selected, List<Column> added) {
    List<Column> all = Stream.concat(selected.stream(), added.stream()).toList();
    Column[] numbered = new Column[all.size()];
    Arrays.setAll(numbered, i -> all.get(i).as("c" + i));
    return frame.select(numbered);
  }

  /** Returns rows as Spark computes them: an iterator may return the same object again. */
  static JavaRDD<InternalRow> rows(Dataset<Row> frame) {
    try { // in Spark 4, the method belongs to a subclass of Dataset
      Object execution = frame.getClass().getMethod("queryExecution").invoke(frame);
      return ((QueryExecution) execution).toRdd().toJavaRDD();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns a key that divides rows evenly, a hash of 64 bits of their ids. */
  static Column keyOfId(String id) {
    return functions.xxhash64(ColumnNames.string(id));
  }

  /** Returns a hash of all columns that can be hashed, the id of a row without one. */
  Column contentHash() {
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

  /**
   * Returns the key of a column with the numbers 0, 1, 2 …
   *
   * @param count the number of rows
   */
  static Column keyOfNumber(String column, long count) {
    Column number = ColumnNames.named(column).cast("bigint");
    int unused = Math.min(Long.SIZE - 1, Long.numberOfLeadingZeros(count - 1));
    return functions.shiftleft(number, unused).bitwiseXOR(functions.lit(Long.MIN_VALUE));
  }
}
