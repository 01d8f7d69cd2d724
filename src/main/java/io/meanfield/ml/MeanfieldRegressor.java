package io.meanfield.ml;

import io.meanfield.data.frame.StructFields;
import io.meanfield.network.TaskType;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.Regressor;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a neural network that predicts a number for each row of a DataFrame, by parameter
 * averaging.
 *
 * <p>The network is that of the command {@code train}, with relu layers of {@code hiddenLayers}
 * units if these are set, or has the layers and the loss that param {@code network} names. With a
 * column of ids, equal rows, settings and seed give the weights that {@code train} gives, bit for
 * bit.
 */
public class MeanfieldRegressor
    extends Regressor<Vector, MeanfieldRegressor, MeanfieldRegressionModel>
    implements EstimatorParams<MeanfieldRegressor>, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final ParamSet paramSet = new ParamSet();
  private final FitLines fitLines = new FitLines();

  public MeanfieldRegressor() {
    this(Uids.giveRandom("meanfieldRegressor"));
  }

  public MeanfieldRegressor(String uid) {
    this(Uids.give(uid));
  }

  private MeanfieldRegressor(Uids.Given given) {
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
  public MeanfieldRegressor copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public StructType validateAndTransformSchema(
      StructType schema, boolean fitting, DataType featuresType) {
    requireNewOutputs(schema);
    StructType columns = StructFields.of(schema);
    FeatureSchema.requireTargets(columns, getLabelCol());
    StructType predicted =
        FeatureSchema.transform(
            schema,
            getFeaturesCol(),
            FitFeatures.checked(this, getLabelCol(), columns),
            // Label and weight are checked, and Spark 4 takes a dot in their names for a field.
            adapted -> super.validateAndTransformSchema(adapted, false, featuresType));
    return withContributions(
        withIntervals(predicted, IntervalColumn.type(getIntervals(), TaskType.REGRESSION)),
        List.of());
  }

  /** Trains on a DataFrame. Spark's own method knows no column whose name has a dot. */
  @Override
  public MeanfieldRegressionModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema(), true);
    return copyValues(train(dataset).setParent(this), ParamMap.empty());
  }

  @Override
  public MeanfieldRegressionModel train(Dataset<?> dataset) {
    Dataset<Row> rows = StructFields.of(dataset.toDF());
    FitColumns columns = FitColumns.of(this, getFeaturesCol(), getLabelCol(), false, rows.schema());
    return new MeanfieldRegressionModel(uid()).with(new FrameFit(this, rows, columns).run());
  }

  /** Returns the reader of saved regressors. */
  public static MLReader<MeanfieldRegressor> read() {
    return new StageReader<>(MeanfieldRegressor.class);
  }

  /** Loads a saved regressor. */
  public static MeanfieldRegressor load(String path) {
    return read().load(path);
  }
}
