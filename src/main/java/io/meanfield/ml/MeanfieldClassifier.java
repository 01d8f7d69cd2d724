package io.meanfield.ml;

import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a neural network that classifies the rows of a DataFrame, by parameter averaging.
 *
 * <p>The labels are the classes 0, 1, 2 … The network has relu layers of {@code hiddenLayers} units
 * and a softmax layer with an output for each class, or the layers that param {@code network}
 * names. With a column of ids, equal rows, settings and seed give the weights that the command
 * {@code train} gives, bit for bit.
 */
public class MeanfieldClassifier
    extends ProbabilisticClassifier<Vector, MeanfieldClassifier, MeanfieldClassificationModel>
    implements EstimatorParams<MeanfieldClassifier>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final ParamSet paramSet = new ParamSet();
  private final FitLines fitLines = new FitLines();

  public MeanfieldClassifier() {
    this(Uids.giveRandom("meanfieldClassifier"));
  }

  public MeanfieldClassifier(String uid) {
    this(Uids.give(uid));
  }

  private MeanfieldClassifier(Uids.Given given) {
    super();
    uid = given.uid();
    EstimatorParams.define(paramSet, this);
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
  public FitLines fitLines() {
    return fitLines;
  }

  @Override
  public MeanfieldClassifier copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public StructType validateAndTransformSchema(
      StructType schema, boolean fitting, DataType featuresType) {
    return FeatureSchema.transform(
        schema,
        getFeaturesCol(),
        FitFeatures.named(this, getLabelCol(), schema),
        adapted -> super.validateAndTransformSchema(adapted, fitting, featuresType));
  }

  @Override
  public MeanfieldClassificationModel train(Dataset<?> dataset) {
    TrainedNetwork trained = new FrameFit(this, getFeaturesCol(), getLabelCol(), dataset).run(true);
    return new MeanfieldClassificationModel(uid()).with(trained);
  }

  /** Returns the reader of saved classifiers. */
  public static MLReader<MeanfieldClassifier> read() {
    return new DefaultParamsReader<>();
  }

  /** Loads a saved classifier. */
  public static MeanfieldClassifier load(String path) {
    return read().load(path);
  }
}
