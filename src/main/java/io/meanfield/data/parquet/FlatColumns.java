package io.meanfield.data.parquet;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.parquet.rowgroup.FileColumn;
import io.meanfield.data.parquet.rowgroup.ValueKind;
import io.meanfield.data.table.FeatureRule;
import io.meanfield.data.table.StatisticsRequest;
import io.meanfield.data.table.TableRules;
import io.meanfield.data.table.TableSchema;
import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a table that are read into arrays, without Spark's rows.
 *
 * @param read the columns of the files, with different names
 * @param indexes for each column that is selected, its index in {@code read}, or {@link #UNREAD}:
 *     id if the schema has one, features, categorical columns, label if it has one, targets, weight
 *     if it has one
 */
@DefaultSerializer(JavaSerializer.class)
record FlatColumns(List<FileColumn> read, List<Integer> indexes) implements Serializable {
  /** The index of a column that is not read. */
  static final int UNREAD = -1;

  private static final Map<DataType, ValueKind> KINDS =
      Map.of(
          DataTypes.BooleanType,
          ValueKind.BOOLEAN,
          DataTypes.ByteType,
          ValueKind.BYTE,
          DataTypes.ShortType,
          ValueKind.SHORT,
          DataTypes.IntegerType,
          ValueKind.INTEGER,
          DataTypes.LongType,
          ValueKind.LONG,
          DataTypes.FloatType,
          ValueKind.FLOAT,
          DataTypes.DoubleType,
          ValueKind.DOUBLE,
          DataTypes.StringType,
          ValueKind.TEXT,
          DataTypes.BinaryType,
          ValueKind.BYTES);

  FlatColumns {
    read = List.copyOf(read);
    indexes = List.copyOf(indexes);
  }

  /**
   * Returns the columns of a schema; empty if one of them has a type that only Spark's rows have,
   * such as times, decimals, vectors and numbers in strings.
   */
  static Optional<FlatColumns> of(TableSchema schema, TableRules rules, StructType types) {
    List<FileColumn> read = new ArrayList<>();
    List<Integer> indexes = new ArrayList<>();
    boolean areFlat =
        schema.id().stream().allMatch(name -> add(name, Role.ID, types, read, indexes))
            && rules.features().stream()
                .allMatch(rule -> add(rule.column(), role(rule), types, read, indexes))
            && schema.categorical().stream()
                .allMatch(name -> add(name, Role.NAME, types, read, indexes))
            && schema.label().stream().allMatch(name -> add(name, Role.NAME, types, read, indexes))
            && schema.targets().stream()
                .allMatch(name -> add(name, Role.INPUTS, types, read, indexes))
            && schema.weight().stream()
                .allMatch(name -> add(name, Role.NUMBER, types, read, indexes));
    return areFlat ? Optional.of(new FlatColumns(read, indexes)) : Optional.empty();
  }

  /**
   * Returns the columns of ids, categories and labels; without those of a type that only Spark's
   * rows have.
   */
  static FlatColumns ofKeys(TableSchema schema, StructType types) {
    List<FileColumn> read = new ArrayList<>();
    List<Integer> indexes = new ArrayList<>();
    schema.id().forEach(name -> add(name, Role.ID, types, read, indexes));
    schema.categorical().forEach(name -> add(name, Role.NAME, types, read, indexes));
    schema.label().forEach(name -> add(name, Role.NAME, types, read, indexes));
    return new FlatColumns(read, indexes);
  }

  /**
   * Returns whether no column is a partition column, whose values Spark takes from the paths.
   *
   * @param paths the files as URIs
   */
  boolean areInFiles(String[] paths) {
    return Arrays.stream(paths).noneMatch(this::hasPartition);
  }

  // Special characters of a partition column are escaped; such paths are left to Spark.
  private boolean hasPartition(String path) {
    return Arrays.stream(URI.create(path).getPath().split("/", -1))
        .filter(segment -> segment.contains("="))
        .map(segment -> segment.substring(0, segment.indexOf('=')))
        .anyMatch(
            name ->
                name.contains("%")
                    || read.stream().anyMatch(column -> column.name().equalsIgnoreCase(name)));
  }

  /** Returns the columns that statistics need: ids, features with statistics and categories. */
  FlatColumns ofStatistics(TableSchema schema, StatisticsRequest request) {
    int first = schema.id().size();
    List<FeatureRule> features = request.rules().features();
    int end = first + features.size();
    List<FileColumn> needed = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < indexes.size(); i++) {
      boolean isNeeded =
          (i >= first && i < end)
              ? features.get(i - first).type() != ValueType.FLOAT
              : i < end + request.categorical();
      places.add(isNeeded ? place(read.get(indexes.get(i)), needed) : UNREAD);
    }
    return new FlatColumns(needed, places);
  }

  /** Returns the index of a column, which is added if it is not there yet. */
  private static int place(FileColumn column, List<FileColumn> columns) {
    if (!columns.contains(column)) {
      columns.add(column);
    }
    return columns.indexOf(column);
  }

  private static Role role(FeatureRule rule) {
    return rule.type() == ValueType.FLOAT
        ? Role.INPUTS
        : rule.type().isTime() ? Role.TIME : Role.NUMBER;
  }

  private static boolean add(
      String name, Role role, StructType types, List<FileColumn> read, List<Integer> indexes) {
    Optional<FileColumn> column = column(name, types.apply(name).dataType());
    if (column.isEmpty() || !role.accepts(column.get())) {
      return false;
    }
    indexes.add(place(column.get(), read));
    return true;
  }

  private static Optional<FileColumn> column(String name, DataType type) {
    boolean isArray = type instanceof ArrayType;
    DataType element = type instanceof ArrayType array ? array.elementType() : type;
    return Optional.ofNullable(KINDS.get(element)).map(kind -> new FileColumn(name, kind, isArray));
  }

  /** What the values of a column are used for. */
  private enum Role {
    /** Ids. */
    ID {
      @Override
      boolean accepts(FileColumn column) {
        return NAME.accepts(column) && column.kind() != ValueKind.BOOLEAN;
      }
    },
    /** Categories and labels. */
    NAME {
      @Override
      boolean accepts(FileColumn column) {
        return !column.array() && (column.kind().isInteger() || column.kind() == ValueKind.TEXT);
      }
    },
    /** One number, which is preprocessed or a weight. */
    NUMBER {
      @Override
      boolean accepts(FileColumn column) {
        return !column.array() && column.kind().isNumeric();
      }
    },
    /** Numbers, arrays of numbers or pixels that are inputs as they are. */
    INPUTS {
      @Override
      boolean accepts(FileColumn column) {
        return column.array()
            ? column.kind().isNumeric() && column.kind() != ValueKind.LONG
            : column.kind() != ValueKind.TEXT;
      }
    },
    /** A date or a timestamp. */
    TIME {
      @Override
      boolean accepts(FileColumn column) {
        return false;
      }
    };

    abstract boolean accepts(FileColumn column);
  }
}
