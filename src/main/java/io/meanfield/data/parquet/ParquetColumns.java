package io.meanfield.data.parquet;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.ColumnNames;
import io.meanfield.data.table.TableRules;
import io.meanfield.data.table.TableSchema;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that are selected from Parquet files, in this order: file, row in the file, id if the
 * schema has one, features, categorical columns, label if the schema has one, targets, weight if
 * the schema has one.
 */
@DefaultSerializer(JavaSerializer.class)
record ParquetColumns(
    TableSchema schema, ParquetNumericColumns features, ParquetNumericColumns targets)
    implements Serializable {
  private static final int FIRST_OF_SCHEMA = 2;

  /** Determines the widths of the columns of a schema. */
  static ParquetColumns of(
      TableSchema schema,
      TableRules rules,
      StructType types,
      ArrayLengths lengths,
      String display) {
    schema
        .weight()
        .forEach(
            column -> ParquetTypes.requireNumber(column, types.apply(column).dataType(), display));
    ParquetNumericColumns targets =
        ParquetNumericColumns.of(schema.targets(), types, lengths, display);
    if (targets.images()) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          display
              + " has bytes in column "
              + String.join(", ", schema.targets())
              + ", which data.columns.targets names; expected numbers, an array of numbers or a"
              + " vector");
    }
    return new ParquetColumns(
        schema.targets().isEmpty() ? schema : schema.withTargets(targets.width()),
        ParquetNumericColumns.ofFeatures(rules, types, lengths, display),
        targets);
  }

  /** The column with the path of a row's file. */
  static Column file() {
    return functions.col("_metadata.file_path");
  }

  /** The column with the number of a row in its file. */
  static Column rowInFile() {
    return functions.col("_metadata.row_index");
  }

  org.apache.spark.sql.Dataset<Row> select(org.apache.spark.sql.Dataset<Row> frame) {
    return frame.select(selected(frame));
  }

  /** Returns the columns that are selected from a frame, with names of their own. */
  Column[] selected(org.apache.spark.sql.Dataset<Row> frame) {
    List<Column> columns = new ArrayList<>();
    columns.add(file());
    columns.add(rowInFile());
    schema.id().forEach(column -> columns.add(ColumnNames.string(column)));
    schema
        .features()
        .forEach(column -> columns.add(ParquetTypes.feature(column, frame.schema().apply(column))));
    schema.categorical().forEach(column -> columns.add(ColumnNames.string(column)));
    schema.label().forEach(column -> columns.add(ColumnNames.string(column)));
    schema.targets().forEach(column -> columns.add(ColumnNames.named(column)));
    schema.weight().forEach(column -> columns.add(ColumnNames.named(column)));
    return IntStream.range(0, columns.size())
        .mapToObj(i -> columns.get(i).as("c" + i))
        .toArray(Column[]::new);
  }

  String file(Row row) {
    return row.getString(0);
  }

  long rowInFile(Row row) {
    return row.getLong(1);
  }

  /** Returns the id as a string; the empty string if the schema has no id. */
  String id(Row row) {
    return schema.id().isEmpty() ? "" : row.getString(FIRST_OF_SCHEMA);
  }

  int firstFeature() {
    return FIRST_OF_SCHEMA + schema.id().size();
  }

  int firstCategorical() {
    return firstFeature() + schema.features().size();
  }

  /** Returns the label; empty if it is missing, or if the schema has no label. */
  Optional<String> label(Row row) {
    return schema.label().isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(row.getString(firstLabel()));
  }

  private int firstLabel() {
    return firstCategorical() + schema.categorical().size();
  }

  /** Returns the number of columns that are selected. */
  int width() {
    return weight() + schema.weight().size();
  }

  int firstTarget() {
    return firstLabel() + schema.label().size();
  }

  /** Returns the index of the weight; only if the schema has one. */
  int weight() {
    return firstTarget() + schema.targets().size();
  }
}
