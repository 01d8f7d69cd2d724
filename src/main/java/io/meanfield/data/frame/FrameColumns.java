package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.encoding.ColumnNames;
import io.meanfield.data.encoding.DividingColumn;
import io.meanfield.data.source.KeptColumns;
import io.meanfield.data.table.TableSchema;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that are selected from a frame: those of the schema in the order of its indices, then
 * malformed record and file if the table has them.
 */
@DefaultSerializer(JavaSerializer.class)
public record FrameColumns(TableSchema schema, Numbers features, Numbers targets)
    implements Serializable {
  private static final String PRESENT = "=";

  /**
   * The numeric columns of a table that are its features or its targets. A column contains numbers,
   * arrays of numbers of one length, vectors of Spark ML, or byte arrays; byte arrays are the
   * pixels of an image and must be the only column.
   *
   * @param widths the number of values of each column, in the order of {@code columns}
   * @param arrays whether each column has arrays, vectors or bytes
   */
  @DefaultSerializer(JavaSerializer.class)
  record Numbers(List<String> columns, List<Integer> widths, List<Boolean> arrays, boolean images)
      implements Serializable {

    /** Determines the widths from the column types and, for arrays and bytes, from one row. */
    static Numbers of(
        List<String> columns,
        StructType types,
        Function<String, Optional<Integer>> lengths,
        String display) {
      return ofFeatures(
          columns.stream().map(FeatureColumn::plain).toList(), types, lengths, display);
    }

    /** Returns the features. One that is preprocessed is one value. */
    static Numbers ofFeatures(
        List<FeatureColumn> rules,
        StructType types,
        Function<String, Optional<Integer>> lengths,
        String display) {
      List<String> columns = rules.stream().map(FeatureColumn::column).toList();
      List<Integer> widths = new ArrayList<>();
      List<Boolean> arrays = new ArrayList<>();
      boolean images = false;
      for (FeatureColumn rule : rules) {
        DataType type = types.apply(rule.column()).dataType();
        images |= type instanceof BinaryType;
        widths.add(width(rule, type, lengths, display));
        arrays.add(ColumnTypes.isSeveral(type));
      }
      if (images && columns.size() > 1) {
        throw UserException.of(
            ErrorCode.WRONG_SETTINGS,
            "%s has pixels beside other features (%s); expected one of them in"
                + " data.columns.features",
            display,
            String.join(", ", columns));
      }
      return new Numbers(List.copyOf(columns), List.copyOf(widths), List.copyOf(arrays), images);
    }

    private static int width(
        FeatureColumn rule,
        DataType type,
        Function<String, Optional<Integer>> lengths,
        String display) {
      if (!rule.isPlain()) {
        ColumnTypes.require(rule, type, display);
        return 1;
      }
      return ColumnTypes.isNumber(type) || type instanceof StringType
          ? 1
          : length(rule.column(), type, lengths, display);
    }

    private static int length(
        String column, DataType type, Function<String, Optional<Integer>> lengths, String display) {
      if (!ColumnTypes.isSeveral(type)) {
        throw ColumnTypes.noFeature(column, type, display);
      }
      return lengths
          .apply(column)
          .orElseThrow(
              () ->
                  UserException.of(
                      ErrorCode.DATA_UNREADABLE, "%s has no values in column %s", display, column));
    }

    int width() {
      return widths.stream().mapToInt(Integer::intValue).sum();
    }
  }

  /** Throws if a column has no values that can be features, targets or weights. */
  static void requireTypes(TableSchema schema, Table table) {
    StructType types = table.frame().schema();
    schema
        .weight()
        .forEach(
            column ->
                ColumnTypes.requireNumber(column, types.apply(column).dataType(), table.display()));
    Stream.concat(schema.features().stream(), schema.targets().stream())
        .forEach(column -> ColumnTypes.requireValues(types.apply(column), table.display()));
  }

  /** Determines the widths of the columns of a schema. */
  static FrameColumns of(
      TableSchema schema,
      List<FeatureColumn> features,
      Table table,
      Function<String, Optional<Integer>> lengths) {
    StructType types = table.frame().schema();
    String display = table.display();
    Numbers targets = Numbers.of(schema.targets(), types, lengths, display);
    if (targets.images()) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s has bytes in column %s, which data.columns.targets names; expected numbers, an array"
              + " of numbers or a vector",
          display,
          String.join(", ", schema.targets()));
    }
    return new FrameColumns(
        schema.targets().isEmpty() ? schema : schema.withTargets(targets.width()),
        Numbers.ofFeatures(features, types, lengths, display),
        targets);
  }

  /**
   * Returns columns as texts. A text that is present has a letter before it, because the bit of a
   * missing value would change the number of its row.
   *
   * @throws UserException if the table does not have one of them
   */
  static List<Column> kept(KeptColumns kept, Table table) {
    TableSchema.requirePassed(kept.option(), kept.names(), table.columns(), table.display());
    return kept.names().stream()
        .map(
            name ->
                functions.coalesce(
                    functions.concat(functions.lit(PRESENT), ColumnNames.string(name)),
                    functions.lit("")))
        .toList();
  }

  private static Column dividing(DividingColumn column, StructField field) {
    return column.by() == DividingColumn.By.TIME
        ? ColumnTypes.feature(column.name(), field)
        : ColumnTypes.category(column.name(), field.dataType());
  }

  /** Returns the columns that are selected from a table. */
  static List<Column> selected(TableSchema schema, Table table) {
    StructType types = table.frame().schema();
    List<Column> columns = new ArrayList<>();
    schema
        .features()
        .forEach(column -> columns.add(ColumnTypes.feature(column, types.apply(column))));
    for (String column : schema.categorical()) {
      DataType type = types.apply(column).dataType();
      columns.add(
          schema.texts().contains(column)
              ? ColumnTypes.text(column, type)
              : ColumnTypes.category(column, type));
    }
    schema
        .label()
        .forEach(
            column -> columns.add(ColumnTypes.category(column, types.apply(column).dataType())));
    schema
        .targets()
        .forEach(column -> columns.add(ColumnTypes.feature(column, types.apply(column))));
    schema
        .weight()
        .forEach(column -> columns.add(ColumnTypes.selected(column, types.apply(column))));
    schema.id().forEach(column -> columns.add(ColumnNames.string(column)));
    schema.dividing().forEach(column -> columns.add(dividing(column, types.apply(column.name()))));
    columns.addAll(table.places());
    return columns;
  }
}
