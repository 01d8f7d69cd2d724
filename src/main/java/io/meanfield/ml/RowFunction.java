package io.meanfield.ml;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Examples;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.encoding.SetText;
import io.meanfield.data.frame.FrameEncoder;
import io.meanfield.data.frame.SetColumns;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import java.io.Serializable;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/**
 * Scores one row of a query as a function of SQL; travels to executors.
 *
 * @param name of the function, for messages
 */
@DefaultSerializer(JavaSerializer.class)
record RowFunction(
    String name, EngineNetwork network, Broadcast<LearnerState> state, FrameEncoder encoder)
    implements Serializable {
  private static final long SECONDS_PER_DAY = 86_400;

  /**
   * Registers a model of this program as the function {@code name}, as {@link ScoringFunction}
   * says.
   *
   * @return the names of the columns that the struct must have
   */
  static List<String> register(
      SparkSession spark, String name, TrainedNetwork trained, boolean hasClasses) {
    return register(
        spark, name, trained.model(), trained.encoder(), IntervalColumn.of(trained, hasClasses));
  }

  /**
   * Registers a model as the function {@code name}.
   *
   * @param intervals of a second function; empty for none
   * @return the names of the columns that the struct must have
   */
  static List<String> register(
      SparkSession spark,
      String name,
      Model model,
      FrameEncoder encoder,
      IntervalColumn intervals) {
    Broadcast<LearnerState> state =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(model.state().withoutOptimizerState());
    RowFunction function = new RowFunction(name, model.network(), state, encoder);
    spark
        .udf()
        .register(
            name,
            (UDF1<Object, Object>) row -> row == null ? null : function.score(function.struct(row)),
            function.type());
    if (!intervals.isEmpty()) {
      spark
          .udf()
          .register(
              name + "_interval",
              (UDF1<Object, Row>)
                  row -> row == null ? null : intervals.of(function.outputs(function.struct(row))),
              intervals.type());
    }
    return encoder.columns();
  }

  // The struct of an outer join may be null, and so is what is predicted for it.
  private Row struct(Object value) {
    if (value instanceof Row row) {
      return row;
    }
    throw UserException.of(
        ErrorCode.WRONG_ARGUMENTS,
        "%s takes a struct of the columns that the model reads, such as %s(struct(%s)), found %s",
        name,
        name,
        String.join(", ", encoder.columns()),
        value.getClass().getSimpleName());
  }

  /** Returns the type of the result: a number for a network with one output, else an array. */
  DataType type() {
    return network.outputs() == 1
        ? DataTypes.DoubleType
        : DataTypes.createArrayType(DataTypes.DoubleType, false);
  }

  /**
   * Returns the output or the outputs for a struct, whose fields are found by name.
   *
   * @throws UserException if a value is missing, not finite or unknown, or if the struct lacks a
   *     column
   */
  Object score(Row row) {
    float[] outputs = outputs(row);
    if (outputs.length == 1) {
      return (double) outputs[0];
    }
    Double[] all = new Double[outputs.length];
    Arrays.setAll(all, i -> (double) outputs[i]);
    return all;
  }

  /** Returns the outputs for a struct, as {@link #score}. */
  float[] outputs(Row row) {
    return TrainedNetwork.outputs(network, state.value(), example(row));
  }

  private Examples example(Row row) {
    int numbers = encoder.encoder().features().size();
    List<String> columns = encoder.columns();
    Object[] values = new Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      Object value = value(row, columns.get(i));
      values[i] = i < numbers ? number(value) : text(value);
    }
    return encoder(values).read(List.<Object[]>of(values), "a row that " + name + " scores");
  }

  private Object value(Row row, String column) {
    List<String> fields = List.of(row.schema().fieldNames());
    if (fields.contains(column)) {
      return row.get(fields.indexOf(column));
    }
    // The field of a struct, such as address.city.
    for (int i = 0; i < fields.size(); i++) {
      String before = fields.get(i) + ".";
      if (row.schema().apply(i).dataType() instanceof StructType && column.startsWith(before)) {
        return row.isNullAt(i) ? null : value(row.getStruct(i), column.substring(before.length()));
      }
    }
    throw missing(column, fields);
  }

  // encodings.json does not tell whether the only column of a model contains arrays or images.
  private FrameEncoder encoder(Object[] values) {
    return values.length == 1 && values[0] instanceof byte[] ? encoder.ofImages() : encoder;
  }

  // Times as Parquet columns are read: in seconds since 1970 in UTC.
  private static Object number(Object value) {
    if (value instanceof Timestamp time) {
      return ValueType.seconds(time.toInstant());
    }
    if (value instanceof Instant time) {
      return ValueType.seconds(time);
    }
    if (value instanceof Date date) {
      return date.toLocalDate().toEpochDay() * SECONDS_PER_DAY;
    }
    return value instanceof LocalDate date ? date.toEpochDay() * SECONDS_PER_DAY : value;
  }

  // Of an array, a map or a vector, the set of its elements. Spark and Java write a point in time
  // in different ways.
  private String text(Object value) {
    if (value instanceof Timestamp || value instanceof Instant || value instanceof LocalDateTime) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s got a timestamp for a column of categories; cast it to a string as in" + " training",
          name);
    }
    if (value instanceof Seq) {
      return SetText.ofSet(RowFactory.create(value).getList(0));
    }
    if (value instanceof scala.collection.Map) {
      return SetColumns.ofMap(value);
    }
    if (value instanceof Vector vector) {
      return SetColumns.ofVector(vector);
    }
    return value == null ? null : value.toString();
  }

  private UserException missing(String column, List<String> fields) {
    return UserException.of(
        ErrorCode.WRONG_ARGUMENTS,
        "%s: the struct has no field %s, which the model reads; its fields are %s",
        name,
        column,
        String.join(", ", fields));
  }
}
