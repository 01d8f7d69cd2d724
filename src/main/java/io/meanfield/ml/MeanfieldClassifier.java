package io.meanfield.ml;

import io.meanfield.data.frame.StructFields;
import io.meanfield.network.TaskType;
import java.util.List;
import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a neural network that classifies the rows of a DataFrame, by parameter averaging.
 *
 * <p>The labels are the classes 0, 1, 2 …, or names: numbers, strings or booleans. Predictions are
 * classes, which number {@link MeanfieldClassificationModel#labels}. The network is that of the
 * command {@code train}, with relu layers of {@code hiddenLayers} units if these are set, or has
 * the layers that param {@code network} names. With a column of ids, equal rows, settings and seed
 * give the weights that {@code train} gives, bit for bit.
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
    requireNewOutputs(schema);
    StructType columns = StructFields.of(schema);
    FeatureSchema.requireClasses(columns, getLabelCol());
    StructType predicted =
        FeatureSchema.transform(
            schema,
            getFeaturesCol(),
            FitFeatures.checked(this, getLabelCol(), columns),
            // Label and weight are checked, and Spark 4 takes a dot in their names for a field.
            adapted -> super.validateAndTransformSchema(adapted, false, featuresType));
    return withContributions(
        withIntervals(predicted, IntervalColumn.type(getIntervals(), TaskType.BINARY)), List.of());
  }

  /**
   * Trains on a DataFrame. Spark's own method makes numbers of the labels, which may be names, and
   * knows no column whose name has a dot.
   */
  @Override
  public MeanfieldClassificationModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema(), true);
    return copyValues(train(dataset).setParent(this), ParamMap.empty());
  }

  @Override
  public MeanfieldClassificationModel train(Dataset<?> dataset) {
    Dataset<Row> rows = StructFields.of(dataset.toDF());
    FitColumns columns = FitColumns.of(this, getFeaturesCol(), getLabelCol(), true, rows.schema());
    return new MeanfieldClassificationModel(uid()).with(new FrameFit(this, rows, columns).run());
  }

  /** Returns the reader of saved classifiers. */
  public static MLReader<MeanfieldClassifier> read() {
    return new StageReader<>(MeanfieldClassifier.class);
  }

  /** Loads a saved classifier. */
  public static MeanfieldClassifier load(String path) {
    return read().load(path);
  }
}
