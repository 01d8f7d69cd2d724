package io.meanfield.store.table;

import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.TableScan;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A table whose rows are made from objects of one type. Each column is declared once, with the
 * function that returns its value. The table adds {@code run_id} as its first column. {@link Table}
 * stores it.
 *
 * @param <T> the type of the objects, one per row
 */
public final class RowTable<T> {
  /** Returns the value of a column. It runs on executors if the rows are distributed. */
  @FunctionalInterface
  public interface Value<T, V> extends Serializable {
    V of(T source);
  }

  // One file for all rows would be too large, one per partition of 4 MiB too small.
  private static final int PARTITIONS_PER_FILE = 64;

  private final String name;
  private final List<StructField> fields;
  private final List<Value<T, ?>> values;

  private RowTable(String name, List<StructField> fields, List<Value<T, ?>> values) {
    this.name = name;
    this.fields = fields;
    this.values = values;
  }

  /** Returns a table with this name that has only the column {@code run_id}. */
  public static <T> RowTable<T> named(String name) {
    StructField runId = DataTypes.createStructField("run_id", DataTypes.StringType, false);
    return new RowTable<>(name, List.of(runId), List.of());
  }

  /** Returns this table with another column, which has a value in every row. */
  public RowTable<T> column(String column, DataType type, Value<T, ?> value) {
    return with(
        DataTypes.createStructField(column, type, false),
        source ->
            Objects.requireNonNull(
                value.of(source), () -> "column " + column + " has a row without a value"));
  }

  /** Returns this table with a column of another table, whose values stay as they are. */
  public RowTable<T> column(StructField field, Value<T, ?> value) {
    return with(field, value);
  }

  /** Returns this table with another column, which is null in rows whose value is empty. */
  public RowTable<T> nullable(String column, DataType type, Value<T, ? extends Optional<?>> value) {
    return with(
        DataTypes.createStructField(column, type, true), source -> value.of(source).orElse(null));
  }

  private RowTable<T> with(StructField field, Value<T, ?> value) {
    return new RowTable<>(
        name,
        Stream.concat(fields.stream(), Stream.of(field)).toList(),
        Stream.concat(values.stream(), Stream.of(value)).toList());
  }

  public String name() {
    return name;
  }

  public StructType schema() {
    return new StructType(fields.toArray(StructField[]::new));
  }

  /** Writes the rows of the driver to one file, without a Spark job. */
  public void write(RunDirectory run, List<T> sources) {
    String id = run.id().value();
    List<InternalRow> rows = sources.stream().map(source -> row(id, values, source)).toList();
    new Table(name).write(run, new TableFile(schema(), rows));
  }

  /** Writes distributed rows, one file for every {@value #PARTITIONS_PER_FILE} partitions. */
  public void write(SparkSession spark, RunDirectory run, JavaRDD<T> sources) {
    int files = (sources.getNumPartitions() + PARTITIONS_PER_FILE - 1) / PARTITIONS_PER_FILE;
    new Table(name).write(run, frame(spark, run.id(), sources.coalesce(files)));
  }

  /** Returns distributed rows as a DataFrame, which is computed when it is used. */
  public Dataset<Row> frame(SparkSession spark, RunId run, JavaRDD<T> sources) {
    String id = run.value();
    List<Value<T, ?>> columns = values; // the closure must not capture this object
    return spark.baseRelationToDataFrame(
        new Rows(spark.sqlContext(), schema(), sources.map(source -> row(id, columns, source))));
  }

  /** Returns rows of the driver as a DataFrame without the column {@code run_id}. */
  public Dataset<Row> frame(SparkSession spark, List<T> sources) {
    List<Row> rows =
        sources.stream()
            .map(source -> values.stream().map(value -> value.of(source)).toArray())
            .map(RowFactory::create)
            .toList();
    return spark.createDataFrame(
        rows, new StructType(fields.stream().skip(1).toArray(StructField[]::new)));
  }

  /** Returns rows of the driver as a stored table is read, without the column {@code run_id}. */
  public List<StoredRow> stored(List<T> sources) {
    return sources.stream().map(this::stored).toList();
  }

  private StoredRow stored(T source) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i).of(source);
      if (value != null) {
        row.put(fields.get(i + 1).name(), value);
      }
    }
    return new StoredRow(row);
  }

  private static <T> InternalRow row(String run, List<Value<T, ?>> values, T source) {
    Object[] cells = new Object[values.size() + 1];
    cells[0] = UTF8String.fromString(run);
    for (int i = 0; i < values.size(); i++) {
      cells[i + 1] = CatalystTypeConverters.convertToCatalyst(values.get(i).of(source));
    }
    return new GenericInternalRow(cells);
  }

  /**
   * Rows as a source of Spark. {@code createDataFrame} would generate code that converts them, and
   * load the reflection of Scala for it, in each process.
   */
  private static final class Rows extends BaseRelation implements TableScan {
    private final SQLContext context;
    private final StructType schema;
    private final RDD<?> rows;

    Rows(SQLContext context, StructType schema, JavaRDD<InternalRow> rows) {
      this.context = context;
      this.schema = schema;
      this.rows = rows.rdd();
    }

    @Override
    public SQLContext sqlContext() {
      return context;
    }

    @Override
    public StructType schema() {
      return schema;
    }

    @Override
    public boolean needConversion() {
      return false;
    }

    @Override
    @SuppressWarnings("unchecked") // as needConversion says
    public RDD<Row> buildScan() {
      return (RDD<Row>) rows;
    }
  }
}
