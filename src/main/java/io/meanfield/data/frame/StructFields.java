package io.meanfield.data.frame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The fields of structs as columns of their own, which have the names of their paths: {@code a.b}
 * is the field b of the struct a. A field is missing where its struct is.
 */
public final class StructFields {
  private StructFields() {}

  /** A column, or a field of one at any depth, that is no struct itself. */
  private record Leaf(String name, StructField field, Column value, boolean isField) {}

  /** Returns the columns of a frame after its structs are replaced by their fields. */
  public static StructType of(StructType schema) {
    return new StructType(
        leaves(schema)
            .map(
                leaf ->
                    new StructField(
                        leaf.name(), leaf.field().dataType(), true, leaf.field().metadata()))
            .toArray(StructField[]::new));
  }

  /** Returns a frame with the fields of its structs in their places. */
  public static Dataset<Row> of(Dataset<Row> frame) {
    return hasStructs(frame.schema())
        ? numbered(frame).select(named(frame.schema(), leaf -> true))
        : frame;
  }

  /** Returns a frame with all its columns, and after them the fields of its structs. */
  public static Dataset<Row> after(Dataset<Row> frame) {
    if (!hasStructs(frame.schema())) {
      return frame;
    }
    Dataset<Row> numbered = numbered(frame);
    List<Column> all = new ArrayList<>();
    String[] names = frame.columns();
    for (int i = 0; i < names.length; i++) {
      all.add(functions.col(number(i)).as(names[i]));
    }
    all.addAll(List.of(named(frame.schema(), Leaf::isField)));
    return numbered.select(all.toArray(Column[]::new));
  }

  private static boolean hasStructs(StructType schema) {
    return Arrays.stream(schema.fields()).anyMatch(field -> field.dataType() instanceof StructType);
  }

  // A frame may use a name twice.
  private static Dataset<Row> numbered(Dataset<Row> frame) {
    return frame.toDF(
        IntStream.range(0, frame.columns().length)
            .mapToObj(StructFields::number)
            .toArray(String[]::new));
  }

  private static String number(int column) {
    return "c" + column;
  }

  private static Column[] named(StructType schema, Predicate<Leaf> chosen) {
    return leaves(schema)
        .filter(chosen)
        .map(leaf -> leaf.value().as(leaf.name()))
        .toArray(Column[]::new);
  }

  private static Stream<Leaf> leaves(StructType schema) {
    return IntStream.range(0, schema.length())
        .boxed()
        .flatMap(
            i -> {
              StructField column = schema.fields()[i];
              return leaves(new Leaf(column.name(), column, functions.col(number(i)), false));
            });
  }

  private static Stream<Leaf> leaves(Leaf column) {
    return column.field().dataType() instanceof StructType struct
        ? Arrays.stream(struct.fields())
            .map(
                field ->
                    new Leaf(
                        column.name() + "." + field.name(),
                        field,
                        column.value().getField(field.name()),
                        true))
            .flatMap(StructFields::leaves)
        : Stream.of(column);
  }
}
