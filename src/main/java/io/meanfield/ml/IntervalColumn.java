package io.meanfield.ml;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.PredictionColumns;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.evaluate.metric.PredictedColumns;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.ErrorScale;
import io.meanfield.network.Intervals;
import io.meanfield.network.Loss;
import io.meanfield.network.TaskType;
import io.meanfield.network.Threshold;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * The intervals or sets of a row as a struct, whose fields have the names of the columns of {@code
 * predict}, such as {@code lower_90}.
 *
 * @param type of the struct
 * @param values of its fields
 */
@DefaultSerializer(JavaSerializer.class)
record IntervalColumn(StructType type, List<PredictedColumns.Value> values)
    implements Serializable {
  /** Returns the intervals or sets of a model; empty if it has none. */
  static IntervalColumn of(TrainedNetwork trained, boolean hasClasses) {
    EngineNetwork network = trained.network();
    TaskType task =
        hasClasses
            ? TaskType.ofClasses(network.outputs())
            : TaskType.ofNumbers(network.loss(), network.outputs());
    return of(
        new PredictionColumns(
            OutputSpec.of(network, task).with(trained.threshold()),
            hasClasses ? trained.labels() : List.of(),
            List.of()));
  }

  /**
   * Returns what the param intervalCol of a model adds; empty if it is not set.
   *
   * @throws UserException if the model has no intervals
   */
  static IntervalColumn wanted(
      ModelParams model, Supplier<TrainedNetwork> trained, boolean hasClasses) {
    if (model.getIntervalCol().isEmpty()) {
      return new IntervalColumn(new StructType(), List.of());
    }
    IntervalColumn column = of(trained.get(), hasClasses);
    if (column.isEmpty()) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s names the column %s, but model %s has no intervals; set intervals, such as 0.9, and"
              + " fit again, or leave %s out",
          ModelParams.INTERVALS,
          model.getIntervalCol(),
          model.uid(),
          ModelParams.INTERVALS);
    }
    return column;
  }

  /** Returns the intervals or sets of these columns. */
  static IntervalColumn of(PredictionColumns columns) {
    List<PredictedColumns.Column> fields = columns.predicted().intervalColumns();
    StructType type = new StructType();
    for (PredictedColumns.Column field : fields) {
      type = type.add(field.name(), PredictionColumns.type(field.kind()), false);
    }
    return new IntervalColumn(type, fields.stream().map(PredictedColumns.Column::value).toList());
  }

  /**
   * Returns the type of the column that a fit with these levels will give.
   *
   * @param task BINARY for classes, or REGRESSION
   */
  static StructType type(double[] levels, TaskType task) {
    boolean isRegression = task == TaskType.REGRESSION;
    Intervals intervals =
        new Intervals(
            Arrays.stream(levels)
                .filter(Intervals::isLevel) // the fit refuses others
                .mapToObj(level -> new Intervals.Level(level, List.of(0.0)))
                .toList(),
            isRegression ? List.of(new ErrorScale(List.of(0.0), List.of(1.0))) : List.of());
    Loss loss = isRegression ? Loss.MSE : Loss.BINARY_CROSSENTROPY;
    OutputSpec spec = new OutputSpec(task, loss, 1, Threshold.DEFAULT, intervals);
    return of(new PredictionColumns(spec, List.of(), List.of())).type();
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  /** Returns the struct for the outputs of one row. */
  Row of(float[] outputs) {
    return RowFactory.create(values.stream().map(value -> value(value, outputs)).toArray());
  }

  private static Object value(PredictedColumns.Value value, float[] outputs) {
    Object found = value.of(outputs, 0);
    if (found instanceof float[] numbers) {
      Float[] boxed = new Float[numbers.length];
      for (int i = 0; i < boxed.length; i++) {
        boxed[i] = numbers[i];
      }
      return boxed;
    }
    return found;
  }
}
