package io.meanfield.ml;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.TaskType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A neural network that {@link MeanfieldClassifier} has trained. Its raw predictions are the
 * probabilities of the classes. Threads may share it.
 */
public class MeanfieldClassificationModel
    extends ProbabilisticClassificationModel<Vector, MeanfieldClassificationModel>
    implements TrainedModel<MeanfieldClassificationModel>, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final ParamSet paramSet = new ParamSet();
  private List<TrainedNetwork> networks = List.of();

  /** Creates a model without a network, for Spark. */
  public MeanfieldClassificationModel() {
    this(Uids.giveRandom("meanfieldClassificationModel"));
  }

  /** Creates a model without a network, for Spark. */
  public MeanfieldClassificationModel(String uid) {
    this(Uids.give(uid));
  }

  private MeanfieldClassificationModel(Uids.Given given) {
    super();
    uid = given.uid();
    TrainedModel.define(paramSet, this);
  }

  @Override
  public String uid() {
    // Spark's constructor calls this before it returns.
    return uid == null ? Uids.given() : uid;
  }

  @Override
  public ParamSet paramSet() {
    return paramSet;
  }

  @Override
  public List<TrainedNetwork> networks() {
    return networks;
  }

  @Override
  public MeanfieldClassificationModel with(TrainedNetwork network) {
    networks = List.of(network);
    return this;
  }

  @Override
  public int numClasses() {
    return TaskType.classes(trained().network().outputs());
  }

  /**
   * Returns the labels of the classes in the order of the probabilities, as texts: a prediction is
   * the index of a label, which Spark ML's {@code IndexToString} replaces by the label.
   */
  public String[] labels() {
    return trained().labels().toArray(String[]::new);
  }

  @Override
  public int numFeatures() {
    return trained().network().inputs();
  }

  @Override
  public Vector predictRaw(Vector features) {
    return new DenseVector(ClassColumns.probabilities(outputs(features)));
  }

  @Override
  public Vector raw2probabilityInPlace(Vector rawPrediction) {
    return rawPrediction;
  }

  /** Returns the class that the model's threshold gives; Spark's thresholds win if they are set. */
  @Override
  public double raw2prediction(Vector rawPrediction) {
    if (isDefined(thresholds()) || !trained().threshold().isSet()) {
      return super.raw2prediction(rawPrediction);
    }
    // Exact, because the probabilities are those of the network's outputs.
    return (float) rawPrediction.apply(1) >= trained().threshold().value() ? 1 : 0;
  }

  /** Returns Spark's summary; javac refuses the two generic signatures that are inherited. */
  @SuppressWarnings({"rawtypes", "unchecked"})
  @Override
  public scala.Tuple3 findSummaryModel() {
    return super.findSummaryModel();
  }

  /** The size in bytes, which Spark 4's server of Spark Connect asks for. */
  @SuppressWarnings("MissingOverride") // Spark 3.5 has no such method
  public long estimatedSize() {
    return trained().state().bytes();
  }

  @Override
  public StructType validateAndTransformSchema(
      StructType schema, boolean fitting, DataType featuresType) {
    requireNewOutputs(schema);
    StructType predicted =
        FeatureSchema.transform(
            schema,
            getFeaturesCol(),
            inputColumns(),
            adapted -> super.validateAndTransformSchema(adapted, fitting, featuresType));
    return withContributions(
        withIntervals(predicted, IntervalColumn.wanted(this, this::trained, true).type()),
        contributing());
  }

  /**
   * Adds the columns that Spark 3.5's own method forgets: it begins again from the given schema.
   */
  @Override
  public StructType transformSchema(StructType schema) {
    StructType columns = super.transformSchema(schema);
    for (StructField field :
        validateAndTransformSchema(schema, false, featuresDataType()).fields()) {
      if (!Arrays.asList(columns.fieldNames()).contains(field.name())) {
        columns = columns.add(field);
      }
    }
    return columns;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    return table(dataset).orElseGet(() -> predictions(dataset));
  }

  private Dataset<Row> predictions(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema(), true);
    double[] thresholds = isDefined(thresholds()) ? getThresholds() : new double[0];
    requireLength(thresholds);
    return score(
        dataset, schema, new ClassColumns(columns(schema), thresholds, trained().threshold()));
  }

  private void requireLength(double[] thresholds) {
    if (thresholds.length > 0 && thresholds.length != numClasses()) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "thresholds has %s values, expected %s, one for each class",
          thresholds.length,
          numClasses());
    }
  }

  private List<ClassColumns.Column> columns(StructType schema) {
    List<ClassColumns.Column> columns = new ArrayList<>();
    for (String name : schema.fieldNames()) {
      if (name.equals(getRawPredictionCol())) {
        columns.add(ClassColumns.Column.RAW_PREDICTION);
      } else if (name.equals(getProbabilityCol())) {
        columns.add(ClassColumns.Column.PROBABILITY);
      } else if (name.equals(getPredictionCol())) {
        columns.add(ClassColumns.Column.PREDICTION);
      }
    }
    return columns;
  }

  @Override
  public MeanfieldClassificationModel copy(ParamMap extra) {
    MeanfieldClassificationModel copy = new MeanfieldClassificationModel(uid());
    networks.forEach(copy::with);
    return copyValues(copy, extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return ModelStorage.writer(this);
  }

  /** Returns the reader of saved models. */
  public static MLReader<MeanfieldClassificationModel> read() {
    return ModelStorage.reader(MeanfieldClassificationModel.class);
  }

  /** Loads a saved model. */
  public static MeanfieldClassificationModel load(String path) {
    return read().load(path);
  }

  @Override
  public String toString() {
    return line();
  }
}
