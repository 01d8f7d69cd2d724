package io.meanfield.evaluate.baseline;

import io.meanfield.batch.BatchWriter;
import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.TaskType;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.regression.GBTRegressor;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.regression.RegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * MLlib's models with its default params, and the examples that they learn from, which stay cached
 * until it is closed. A regression of several targets has a model for each. Driver only.
 */
final class MllibModels implements AutoCloseable {
  private static final String LINEAR = "linear";
  private static final String TREES = "trees";
  private static final String WEIGHT = "weight";
  private static final String TARGET = "target";

  private final Dataset<Row> rows;
  private final BaselineInputs inputs;
  private final OutputSpec outputs;
  private final long seed;

  /** Turns the features of an example into a vector. */
  private interface ToVector extends Serializable {
    Vector apply(Features features, int row);
  }

  /** Predicts an example of which it knows the vector. */
  private interface OfVector extends Serializable {
    double[] apply(Vector vector);
  }

  private MllibModels(Dataset<Row> rows, BaselineInputs inputs, OutputSpec outputs, long seed) {
    this.rows = rows;
    this.inputs = inputs;
    this.outputs = outputs;
    this.seed = seed;
  }

  static MllibModels of(
      SparkSession spark,
      EngineNetwork network,
      BaselineInputs inputs,
      OutputSpec outputs,
      JavaRDD<Examples> training,
      long seed) {
    int targets = outputs.isSingleLabel() ? 1 : outputs.width();
    StructField[] fields = new StructField[3 + targets];
    fields[0] = field(LINEAR, Metadata.empty());
    fields[1] = field(TREES, inputs.treeMetadata(TREES));
    fields[2] = DataTypes.createStructField(WEIGHT, DataTypes.DoubleType, false);
    for (int i = 0; i < targets; i++) {
      fields[3 + i] = target(i, outputs);
    }
    Dataset<Row> rows =
        spark.createDataFrame(
            training.flatMap(block -> rows(block, network, inputs, outputs).iterator()),
            new StructType(fields));
    rows.persist(StorageLevel.MEMORY_AND_DISK());
    return new MllibModels(rows, inputs, outputs, seed);
  }

  private static StructField field(String vector, Metadata metadata) {
    return new StructField(vector, SQLDataTypes.VectorType(), false, metadata);
  }

  private static StructField target(int target, OutputSpec outputs) {
    Metadata metadata =
        outputs.isSingleLabel()
            ? NominalAttribute.defaultAttr()
                .withName(TARGET)
                .withNumValues(outputs.classes())
                .toMetadata()
            : Metadata.empty();
    return new StructField(TARGET + target, DataTypes.DoubleType, false, metadata);
  }

  private static List<Row> rows(
      Examples block, EngineNetwork network, BaselineInputs inputs, OutputSpec outputs) {
    float[] targets = BatchWriter.targets(block, network);
    return IntStream.range(0, block.count())
        .mapToObj(row -> row(block, row, inputs, targets(targets, row, outputs)))
        .toList();
  }

  private static double[] targets(float[] all, int row, OutputSpec outputs) {
    int width = outputs.width();
    return outputs.isSingleLabel()
        ? new double[] {TaskType.predictedClass(all, row * width, width)}
        : IntStream.range(0, width).mapToDouble(i -> all[row * width + i]).toArray();
  }

  private static Row row(Examples block, int row, BaselineInputs inputs, double[] targets) {
    Object[] values = new Object[3 + targets.length];
    values[0] = inputs.linear(block.features(), row);
    values[1] = inputs.trees(block.features(), row);
    values[2] = (double) block.weight(row);
    for (int i = 0; i < targets.length; i++) {
      values[3 + i] = targets[i];
    }
    return RowFactory.create(values);
  }

  /** Trains linear regressions, or a logistic one. */
  Baseline linear() {
    BaselineInputs from = inputs;
    return baseline(
        from::linear,
        outputs.isSingleLabel()
            ? List.of(
                classes(
                    new LogisticRegression()
                        .setFeaturesCol(LINEAR)
                        .setLabelCol(TARGET + 0)
                        .setWeightCol(WEIGHT)
                        .fit(rows)))
            : targets()
                .mapToObj(
                    i ->
                        number(
                            new LinearRegression()
                                .setFeaturesCol(LINEAR)
                                .setLabelCol(TARGET + i)
                                .setWeightCol(WEIGHT)
                                .fit(rows)))
                .toList());
  }

  /** Returns the name of {@link #trees}: MLlib boosts trees for two classes only. */
  String treesName() {
    return outputs.isSingleLabel() && !outputs.hasTwoClasses() ? "random forest" : "boosted trees";
  }

  /** Trains boosted trees, or a random forest for more than two classes. */
  Baseline trees() {
    BaselineInputs from = inputs;
    return baseline(
        from::trees,
        outputs.isSingleLabel()
            ? List.of(outputs.hasTwoClasses() ? boostedClasses() : forest())
            : targets().mapToObj(this::boostedNumber).toList());
  }

  private IntStream targets() {
    return IntStream.range(0, outputs.width());
  }

  private OfVector boostedClasses() {
    return classes(
        new GBTClassifier()
            .setFeaturesCol(TREES)
            .setLabelCol(TARGET + 0)
            .setWeightCol(WEIGHT)
            .setMaxBins(inputs.bins())
            .setSeed(seed)
            .fit(rows));
  }

  private OfVector forest() {
    return classes(
        new RandomForestClassifier()
            .setFeaturesCol(TREES)
            .setLabelCol(TARGET + 0)
            .setWeightCol(WEIGHT)
            .setMaxBins(inputs.bins())
            .setSeed(seed)
            .fit(rows));
  }

  private OfVector boostedNumber(int target) {
    return number(
        new GBTRegressor()
            .setFeaturesCol(TREES)
            .setLabelCol(TARGET + target)
            .setWeightCol(WEIGHT)
            .setMaxBins(inputs.bins())
            .setSeed(seed)
            .fit(rows));
  }

  private static OfVector classes(ProbabilisticClassificationModel<Vector, ?> model) {
    return vector -> model.predictProbability(vector).toArray();
  }

  private static OfVector number(RegressionModel<Vector, ?> model) {
    return vector -> new double[] {model.predict(vector)};
  }

  private static Baseline baseline(ToVector features, List<OfVector> models) {
    OfVector[] each = models.toArray(OfVector[]::new);
    return (values, row) -> {
      Vector vector = features.apply(values, row);
      return Arrays.stream(each).flatMapToDouble(m -> Arrays.stream(m.apply(vector))).toArray();
    };
  }

  /** Removes the examples from Spark's cache. */
  @Override
  public void close() {
    rows.unpersist();
  }
}
