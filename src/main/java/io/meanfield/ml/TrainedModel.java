package io.meanfield.ml;

import io.meanfield.data.frame.StructFields;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.contribution.Contributions;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.kernels.Kernels;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.TaskType;
import io.meanfield.report.page.Page;
import io.meanfield.store.file.ExportedFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.classification.ClassificationModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A model of Spark ML with a trained network.
 *
 * @param <M> the model
 */
public interface TrainedModel<M> extends ModelParams {
  String getFeaturesCol();

  String getLabelCol();

  /** The name of the param that tells what transform returns. */
  String OUTPUT = "output";

  /** The value of output for which transform adds the predictions to a frame. */
  String PREDICTIONS = "predictions";

  /** Adds all params of a model to its set. */
  static void define(ParamSet params, TrainedModel<?> owner) {
    ModelParams.define(params, owner);
    List<String> outputs = new ArrayList<>(List.of(PREDICTIONS));
    outputs.addAll(ModelTable.ids());
    params.add(
        owner,
        new Param<>(
            owner,
            OUTPUT,
            "what transform returns: predictions, or a table about the model: "
                + String.join(", ", ModelTable.ids()),
            ParamValidators.inArray(outputs)),
        PREDICTIONS);
  }

  /**
   * Returns the table that output names; empty for predictions. So a client of Spark Connect, which
   * can call no method but transform, gets it, too.
   */
  default Optional<Dataset<Row>> table(Dataset<?> frame) {
    return ModelTable.named(getOutput()).map(table -> table.of(this, frame));
  }

  /** Returns uid, network, rows and result in one line. */
  default String line() {
    String uid = getClass().getSimpleName() + ": uid=" + uid();
    return networks().isEmpty() ? uid : uid + ", " + summary();
  }

  /**
   * Returns the page of the fit: what the page of a run shows, without what was measured on its
   * examples afterwards.
   */
  default Page page() {
    return trained().fit().page(getClass().getSimpleName() + " " + uid());
  }

  /**
   * Writes the page of the fit, one file of HTML.
   *
   * @param path of the file, which is replaced
   */
  default void report(String path) {
    ExportedFile.write(
        SparkSession.active().sparkContext().hadoopConfiguration(), path, page()::write);
  }

  private boolean hasClasses() {
    return this instanceof ClassificationModel;
  }

  /** Returns the network; at most one element, none in a model that Spark has yet to load. */
  List<TrainedNetwork> networks();

  /** Sets the network of a model that has none; returns the model. */
  M with(TrainedNetwork network);

  @SuppressWarnings("unchecked")
  private M model(Params self) {
    return (M) self;
  }

  /** Sets the columns of features that replace featuresCol. */
  default M setFeaturesCols(String[] value) {
    return model(set(featuresCols(), value));
  }

  /** The param output. */
  default Param<String> output() {
    return paramSet().get(OUTPUT);
  }

  default String getOutput() {
    return getOrDefault(output());
  }

  /** Sets what transform returns: predictions, or a table about the model. */
  default M setOutput(String value) {
    return model(set(output(), value));
  }

  /** Sets the column of contributions that transform adds; empty for none. */
  default M setContribPredictionCol(String value) {
    return model(set(contribPredictionCol(), value));
  }

  /** Returns the columns that contribute, in their order; none unless contributions are wanted. */
  default List<String> contributing() {
    return getContribPredictionCol().isEmpty() ? List.of() : contributions().names();
  }

  /** Returns what explains the rows. */
  private Contributions contributions() {
    TrainedNetwork network = trained();
    EngineNetwork scoring = network.network().withKernels(Kernels.NATIVE);
    return Contributions.of(scoring, network.encoder().encoder(), outputSpec(scoring));
  }

  /** Sets the column of intervals or sets that transform adds; empty for none. */
  default M setIntervalCol(String value) {
    return model(set(intervalCol(), value));
  }

  private OutputSpec outputSpec(EngineNetwork scoring) {
    TaskType task =
        hasClasses()
            ? TaskType.ofClasses(scoring.outputs())
            : TaskType.ofNumbers(scoring.loss(), scoring.outputs());
    return OutputSpec.of(scoring, task).with(trained().threshold());
  }

  /** Sets how many rows are computed together at most. */
  default M setInferBatchSize(int value) {
    return model(set(inferBatchSize(), value));
  }

  /** Returns the SHA-256 of the weights, as {@code train} prints it. */
  default String weightsSha256() {
    return trained().state().weightsSha256();
  }

  /**
   * Returns the epochs of the training: the table {@code epochs} of a run without {@code run_id}.
   */
  default Dataset<Row> history() {
    return ModelTable.HISTORY.of(this, SparkSession.active().emptyDataFrame());
  }

  /**
   * Returns what the columns of the training rows were for, and why: the table {@code columns} of a
   * run without {@code run_id}.
   */
  default Dataset<Row> columns() {
    return ModelTable.COLUMNS.of(this, SparkSession.active().emptyDataFrame());
  }

  /** Returns what is known of the training. */
  default TrainingSummary summary() {
    return TrainingSummary.of(trained(), hasClasses() ? trained().labels() : List.of());
  }

  /** Returns the network. */
  default TrainedNetwork trained() {
    return networks().stream()
        .findFirst()
        .orElseThrow(
            () ->
                UserException.of(
                    ErrorCode.MODEL_UNUSABLE,
                    "model %s has no network; models come from fit or load, not from a constructor",
                    uid()));
  }

  /**
   * Returns the outputs for the vector of one row.
   *
   * @throws UserException unless the training read such vectors, as they are
   */
  default float[] outputs(Vector features) {
    TrainedNetwork network = trained();
    if (getFeaturesCols().length > 0 || network.encoder().images()) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "predict takes a vector of inputs, and model %s reads %s as training did; call transform"
              + " with a DataFrame that has the columns",
          uid(),
          String.join(", ", network.encoder().columns()));
    }
    if (network.readsSets()) {
      return network.outputsOfSet(features);
    }
    if (features.size() != network.network().inputs()) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "predict takes a vector of %d numbers, as the model was trained on, found %d",
          network.network().inputs(),
          features.size());
    }
    return network.outputs(features);
  }

  /**
   * Returns the columns that featuresCols names, those of the training for "*", and those of the
   * fields for a struct; empty if it is not set.
   */
  default List<String> inputColumns() {
    List<String> set = List.of(getFeaturesCols());
    List<String> columns = trained().encoder().columns();
    return set.equals(List.of(FitFeatures.ALL)) ? columns : FitFeatures.withFields(set, columns);
  }

  /** Throws if featuresCols names other columns than those of the training. */
  private void requireTrainedColumns(TrainedNetwork network) {
    Set<String> trained = new TreeSet<>(network.encoder().columns());
    Set<String> set = new TreeSet<>(inputColumns());
    if (!set.isEmpty() && !set.equals(trained)) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "featuresCols names the columns %s, but the model was trained on %s; rename the"
              + " columns of the DataFrame",
          String.join(", ", set),
          String.join(", ", trained));
    }
  }

  /**
   * Returns how much the model depends on each column: the increase of its loss when the values of
   * the column are exchanged between the rows of a labelled frame.
   *
   * @return the table {@code importance} of a run without {@code run_id}, the largest increase
   *     first
   * @throws UserException if a column is missing, or a value or label cannot be used
   */
  default Dataset<Row> columnImportances(Dataset<?> frame) {
    return labelled("columnImportances", frame).importances();
  }

  /**
   * Returns what the command {@code evaluate} measures on labelled rows: the loss and the metrics,
   * named as the columns of the table {@code evaluation}. All rows have the same weight.
   *
   * @throws UserException if a column is missing, or a value or label cannot be used
   */
  default Map<String, Double> evaluate(Dataset<?> frame) {
    return labelled("evaluate", frame).metrics();
  }

  /**
   * Writes the model as ONNX, as the command {@code export} does, after the outputs of the file for
   * at most 10,000 of the rows were compared with those of the model; beside it {@code path.json},
   * which tells the largest difference.
   *
   * @param frame with the columns of features
   * @param path of the file, which is replaced
   * @throws UserException if ONNX cannot hold the model, or if the file gives other outputs
   */
  default void exportOnnx(Dataset<?> frame, String path) {
    onnx(frame).write(frame.sparkSession().sparkContext().hadoopConfiguration(), path);
  }

  /** Returns the model as ONNX. */
  default OnnxFile onnx(Dataset<?> frame) {
    return OnnxFile.of(uid(), rows(frame));
  }

  private LabelledRows labelled(String method, Dataset<?> frame) {
    TrainingFrame.requireBatch(method, frame);
    return new LabelledRows(rows(frame), new ModelRows.Label(getLabelCol(), hasClasses()));
  }

  private ModelRows rows(Dataset<?> given) {
    Dataset<Row> frame = StructFields.of(given.toDF());
    requireTrainedColumns(trained());
    FeatureSchema.transform(
        frame.schema(), getFeaturesCol(), inputColumns(), UnaryOperator.identity());
    return new ModelRows(
        trained(), Optional.of(getFeaturesCol()).filter(name -> inputColumns().isEmpty()), frame);
  }

  private BatchScoring.OutputColumns withIntervals(BatchScoring.OutputColumns columns) {
    if (getIntervalCol().isEmpty()) {
      return columns;
    }
    IntervalColumn intervals = IntervalColumn.wanted(this, this::trained, hasClasses());
    return outputs -> {
      Object[] values = columns.of(outputs);
      Object[] more = Arrays.copyOf(values, values.length + 1);
      more[values.length] = intervals.of(outputs);
      return more;
    };
  }

  /**
   * Adds the outputs of the network to a frame, batch by batch, and keeps all its columns.
   *
   * @param schema of the result
   */
  default Dataset<Row> score(
      Dataset<?> frame, StructType schema, BatchScoring.OutputColumns outputs) {
    TrainedNetwork network = trained();
    Broadcast<LearnerState> state =
        JavaSparkContext.fromSparkContext(frame.sparkSession().sparkContext())
            .broadcast(network.state());
    List<String> numeric =
        getFeaturesCols().length == 0
            ? List.of(getFeaturesCol())
            : network.encoder().encoder().features();
    requireTrainedColumns(network);
    ScoringInputs.Prepared rows = ScoringInputs.prepare(frame.toDF(), network.encoder(), numeric);
    StructType numbered = new StructType();
    // The encoder of rows drops the metadata of columns, such as the number of classes.
    List<Column> columns = new ArrayList<>();
    for (StructField field : schema.fields()) {
      String column = ScoringInputs.column(columns.size());
      numbered = numbered.add(column, field.dataType(), field.nullable());
      columns.add(functions.col(column).as(field.name(), field.metadata()));
    }
    return rows.frame()
        .mapPartitions(
            new BatchScoring(
                    network, state, rows.inputs(), withIntervals(outputs), getInferBatchSize())
                .explainedBy(
                    getContribPredictionCol().isEmpty() ? List.of() : List.of(contributions())),
            Encoders.row(numbered))
        .select(columns.toArray(Column[]::new));
  }
}
