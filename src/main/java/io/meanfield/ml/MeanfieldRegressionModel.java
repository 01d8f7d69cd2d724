package io.meanfield.ml;

import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.RegressionModel;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** A neural network that {@link MeanfieldRegressor} has trained. Threads may share it. */
public class MeanfieldRegressionModel extends RegressionModel<Vector, MeanfieldRegressionModel>
    implements TrainedModel<MeanfieldRegressionModel>, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final ParamSet paramSet = new ParamSet();
  private List<TrainedNetwork> networks = List.of();

  /** Creates a model without a network, for Spark. */
  public MeanfieldRegressionModel() {
    this(Uids.giveRandom("meanfieldRegressionModel"));
  }

  /** Creates a model without a network, for Spark. */
  public MeanfieldRegressionModel(String uid) {
    this(Uids.give(uid));
  }

  private MeanfieldRegressionModel(Uids.Given given) {
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
  public MeanfieldRegressionModel with(TrainedNetwork network) {
    networks = List.of(network);
    return this;
  }

  @Override
  public int numFeatures() {
    return trained().network().inputs();
  }

  @Override
  public double predict(Vector features) {
    return outputs(features)[0];
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
        withIntervals(predicted, IntervalColumn.wanted(this, this::trained, false).type()),
        contributing());
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    return table(dataset).orElseGet(() -> predictions(dataset));
  }

  private Dataset<Row> predictions(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema(), true);
    return getPredictionCol().isEmpty()
        ? score(dataset, schema, outputs -> new Object[0])
        : score(dataset, schema, outputs -> new Object[] {(double) outputs[0]});
  }

  @Override
  public MeanfieldRegressionModel copy(ParamMap extra) {
    MeanfieldRegressionModel copy = new MeanfieldRegressionModel(uid());
    networks.forEach(copy::with);
    return copyValues(copy, extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return ModelStorage.writer(this);
  }

  /** Returns the reader of saved models. */
  public static MLReader<MeanfieldRegressionModel> read() {
    return ModelStorage.reader(MeanfieldRegressionModel.class);
  }

  /** Loads a saved model. */
  public static MeanfieldRegressionModel load(String path) {
    return read().load(path);
  }

  @Override
  public String toString() {
    return line();
  }
}
