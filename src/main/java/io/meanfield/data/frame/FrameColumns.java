package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.ColumnNames;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.table.TableSchema;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that are selected from a frame, in this order: features, categorical columns, label
 * if the schema has one, targets, weight and id if the schema has them, file and malformed record
 * if the table has them.
 */
@DefaultSerializer(JavaSerializer.class)
public record FrameColumns(TableSchema schema, NumericColumns features, NumericColumns targets)
    implements Serializable {

  /** Determines the widths of the columns of a schema. */
  static FrameColumns of(
      TableSchema schema,
      List<FeatureColumn> features,
      Table table,
      Function<String, Optional<Integer>> lengths) {
    StructType types = table.frame().schema();
    String display = table.display();
    schema
        .weight()
        .forEach(
            column -> ColumnTypes.requireNumber(column, types.apply(column).dataType(), display));
    NumericColumns targets = NumericColumns.of(schema.targets(), types, lengths, display);
    if (targets.images()) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          display
              + " has bytes in column "
              + String.join(", ", schema.targets())
              + ", which data.columns.targets names; expected numbers, an array of numbers or a"
              + " vector");
    }
    return new FrameColumns(
        schema.targets().isEmpty() ? schema : schema.withTargets(targets.width()),
        NumericColumns.ofFeatures(features, types, lengths, display),
        targets);
  }

  /** Returns the columns that are selected from a table. */
  List<Column> selected(Table table, Optional<String> dateFormat) {
    StructType types = table.frame().schema();
    List<Column> columns = new ArrayList<>();
    schema
        .features()
        .forEach(column -> columns.add(table.feature(column, types.apply(column), dateFormat)));
    schema.categorical().forEach(column -> columns.add(ColumnNames.string(column)));
    schema.label().forEach(column -> columns.add(ColumnNames.string(column)));
    schema
        .targets()
        .forEach(column -> columns.add(ColumnTypes.selected(column, types.apply(column))));
    schema
        .weight()
        .forEach(column -> columns.add(ColumnTypes.selected(column, types.apply(column))));
    schema.id().forEach(column -> columns.add(ColumnNames.string(column)));
    columns.addAll(table.places());
    return columns;
  }

  int firstCategorical() {
    return schema.features().size();
  }

  /** Returns the index of the label; only if the schema has one. */
  int label() {
    return firstCategorical() + schema.categorical().size();
  }

  int firstTarget() {
    return label() + schema.label().size();
  }

  /** Returns the index of the weight; only if the schema has one. */
  int weight() {
    return firstTarget() + schema.targets().size();
  }

  /** Returns the index of the id; only if the schema has one. */
  int id() {
    return weight() + schema.weight().size();
  }

  /** Returns the index after the columns of the schema. */
  int places() {
    return id() + schema.id().size();
  }
}
