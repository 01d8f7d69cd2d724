package io.meanfield.ml;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/**
 * The params of an estimator, besides those of Spark's own classes. Their defaults are the settings
 * of conf/defaults.conf.
 *
 * @param <E> the estimator
 */
public interface EstimatorParams<E> extends PreprocessingParams<E>, SharedParams<E> {
  /** The value of numEarlyStoppingRounds that follows from the number of training rows. */
  int AUTOMATIC_ROUNDS = -1;

  /** Adds all params of an estimator to its set. */
  static void define(ParamSet params, EstimatorParams<?> owner) {
    ModelParams.define(params, owner);
    SharedParams.define(owner);
    PreprocessingParams.define(params, owner);
    params.add(
        new Param<String>(
            owner,
            "idCol",
            "column of unique ids, integers or strings; if not set, rows are identified by their"
                + " content"));
    params.add(
        new Param<String>(
            owner,
            "timeCol",
            "column of dates, timestamps or numbers, data.columns.time: the newest rows are for"
                + " validation; if not set, random ones are"));
    params.add(
        new Param<String>(
            owner,
            "groupCol",
            "column of groups, such as customers, data.columns.group: all rows of a group are for"
                + " training or for validation"));
    params.add(
        owner,
        new IntParam(
            owner,
            "numWorkers",
            "logical workers: train.workers; 0 for the setting's default or a number that follows"
                + " from the number of rows",
            ParamValidators.gtEq(AUTOMATIC)),
        AUTOMATIC);
    params.add(
        owner,
        new IntParam(
            owner,
            "numMembers",
            "networks of an ensemble: train.members; 0 for the setting's default or a number that"
                + " follows from the number of rows",
            ParamValidators.gtEq(AUTOMATIC)),
        AUTOMATIC);
    params.add(
        owner,
        new IntParam(
            owner,
            "numFolds",
            "parts of the rows, each left out by one network of the ensemble: train.folds; 0 for"
                + " the setting's default or a number that follows from the number of rows",
            ParamValidators.gtEq(AUTOMATIC)),
        AUTOMATIC);
    params.add(
        owner,
        new DoubleArrayParam(
            (Params) owner,
            "intervals",
            "shares of new rows, such as 0.9, that intervals around the prediction, or sets of"
                + " classes, contain: train.intervals; empty for none"),
        new double[0]);
    params.add(
        owner,
        new IntParam(
            owner,
            "batchSize",
            "examples in a minibatch of one worker: train.batch-size; 0 for a size that follows"
                + " from the number of rows",
            ParamValidators.gtEq(AUTOMATIC)),
        AUTOMATIC);
    params.add(
        owner,
        new IntArrayParam(
            (Params) owner,
            "hiddenLayers",
            "units of the relu layers between features and outputs; if not set, the network has the"
                + " layers of network.preset = tabular"),
        new int[0]);
    params.add(
        owner,
        new Param<String>(
            owner,
            "network",
            "settings in HOCON, such as network.layers and train.sync-frequency; a param that is"
                + " set wins"),
        "");
    params.add(
        owner,
        new IntParam(
            owner,
            "numEarlyStoppingRounds",
            "epochs without an improvement after which training stops:"
                + " train.early-stopping.patience; 0 for never, -1 for a number that follows from"
                + " the number of rows if maxIter is 0",
            ParamValidators.gtEq(AUTOMATIC_ROUNDS)),
        AUTOMATIC_ROUNDS);
    params.add(
        new Param<String>(
            owner,
            "checkpointDir",
            "directory of runs in which fit keeps its run: run.directory; needs runId"));
    params.add(
        new Param<String>(
            owner, "runId", "name of the run that fit continues or creates in checkpointDir"));
    params.add(
        owner,
        new BooleanParam(owner, "verbose", "whether fit prints a line for each epoch"),
        false);
  }

  @SuppressWarnings("unchecked")
  private E estimator(Params self) {
    return (E) self;
  }

  default Param<String> idCol() {
    return paramSet().get("idCol");
  }

  default String getIdCol() {
    return getOrDefault(idCol());
  }

  /**
   * Sets the column of unique ids, integers or strings, which determine the split. If not set, rows
   * are identified by their content.
   */
  default E setIdCol(String value) {
    return estimator(set(idCol(), value));
  }

  default Param<String> timeCol() {
    return paramSet().get("timeCol");
  }

  default String getTimeCol() {
    return getOrDefault(timeCol());
  }

  /**
   * Sets a column of dates, timestamps or numbers: data.columns.time. The newest rows are for
   * validation, and rows of equal times on one side. If not set, random rows are.
   */
  default E setTimeCol(String value) {
    return estimator(set(timeCol(), value));
  }

  default Param<String> groupCol() {
    return paramSet().get("groupCol");
  }

  default String getGroupCol() {
    return getOrDefault(groupCol());
  }

  /**
   * Sets a column of groups, such as customers: data.columns.group. All rows of a group are for
   * training or for validation.
   */
  default E setGroupCol(String value) {
    return estimator(set(groupCol(), value));
  }

  default IntParam numWorkers() {
    return paramSet().get("numWorkers");
  }

  default int getNumWorkers() {
    return (Integer) getOrDefault(numWorkers());
  }

  /**
   * Sets the number of logical workers: train.workers. It determines the model. With 0, the
   * default, the number of rows determines it, or it is 2 if hiddenLayers or network.layers is set.
   */
  default E setNumWorkers(int value) {
    return estimator(set(numWorkers(), value));
  }

  default IntParam numMembers() {
    return paramSet().get("numMembers");
  }

  default int getNumMembers() {
    return (Integer) getOrDefault(numMembers());
  }

  /**
   * Sets the number of networks of which the model is the ensemble: train.members. With 0, the
   * default, the number of rows determines it, or it is 1 if hiddenLayers or network.layers is set.
   */
  default E setNumMembers(int value) {
    return estimator(set(numMembers(), value));
  }

  default IntParam numFolds() {
    return paramSet().get("numFolds");
  }

  default int getNumFolds() {
    return (Integer) getOrDefault(numFolds());
  }

  /**
   * Sets the number of folds, each of which one network of the ensemble leaves out: train.folds. 1
   * is none. With 0, the default, the number of rows determines it, or it is 1 if numMembers,
   * hiddenLayers, network.layers, or validation rows are set.
   */
  default E setNumFolds(int value) {
    return estimator(set(numFolds(), value));
  }

  default IntParam batchSize() {
    return paramSet().get("batchSize");
  }

  default int getBatchSize() {
    return (Integer) getOrDefault(batchSize());
  }

  /**
   * Sets the number of examples in a minibatch of one worker: train.batch-size. 0, the default,
   * lets the number of rows determine it.
   */
  default E setBatchSize(int value) {
    return estimator(set(batchSize(), value));
  }

  default IntArrayParam hiddenLayers() {
    return paramSet().get("hiddenLayers");
  }

  default int[] getHiddenLayers() {
    return getOrDefault(hiddenLayers());
  }

  /**
   * Sets the units of the relu layers between features and outputs. If not set, the network has the
   * layers of network.preset = tabular.
   */
  default E setHiddenLayers(int[] value) {
    return estimator(set(hiddenLayers(), value));
  }

  default Param<String> network() {
    return paramSet().get("network");
  }

  default String getNetwork() {
    return getOrDefault(network());
  }

  /**
   * Sets settings in HOCON, such as network.layers and train.sync-frequency; a param that is set
   * wins.
   */
  default E setNetwork(String value) {
    return estimator(set(network(), value));
  }

  default IntParam numEarlyStoppingRounds() {
    return paramSet().get("numEarlyStoppingRounds");
  }

  default int getNumEarlyStoppingRounds() {
    return (Integer) getOrDefault(numEarlyStoppingRounds());
  }

  /**
   * Sets the number of epochs without an improvement after which training stops, 0 for never:
   * train.early-stopping.patience. With -1, the default, the number of rows determines it if
   * maxIter is 0, and otherwise training never stops early.
   */
  default E setNumEarlyStoppingRounds(int value) {
    return estimator(set(numEarlyStoppingRounds(), value));
  }

  default Param<String> checkpointDir() {
    return paramSet().get("checkpointDir");
  }

  default String getCheckpointDir() {
    return getOrDefault(checkpointDir());
  }

  /** Sets the directory of runs in which {@code fit} keeps its run: run.directory. Needs runId. */
  default E setCheckpointDir(String value) {
    return estimator(set(checkpointDir(), value));
  }

  default Param<String> runId() {
    return paramSet().get("runId");
  }

  default String getRunId() {
    return getOrDefault(runId());
  }

  /**
   * Sets the name of the run that {@code fit} creates, continues after a failure, or finds
   * finished.
   */
  default E setRunId(String value) {
    return estimator(set(runId(), value));
  }

  default BooleanParam verbose() {
    return paramSet().get("verbose");
  }

  default boolean getVerbose() {
    return (Boolean) getOrDefault(verbose());
  }

  /** Sets whether {@code fit} prints the lines of the command train, one for each epoch. */
  default E setVerbose(boolean value) {
    return estimator(set(verbose(), value));
  }

  /** Returns where {@code fit} prints its lines. */
  FitLines fitLines();

  default DoubleArrayParam intervals() {
    return paramSet().get("intervals");
  }

  default double[] getIntervals() {
    return getOrDefault(intervals());
  }

  /**
   * Sets the shares of new rows, such as 0.9, that intervals around the prediction, or sets of
   * classes, contain: train.intervals. Without them, the default, there are none.
   */
  default E setIntervals(double[] value) {
    return estimator(set(intervals(), value));
  }

  /**
   * Sets the column of intervals or sets that the model's transform adds; empty, the default, for
   * none.
   */
  default E setIntervalCol(String value) {
    return estimator(set(intervalCol(), value));
  }

  /** Sets the column of contributions that the model's transform adds; empty for none. */
  default E setContribPredictionCol(String value) {
    return estimator(set(contribPredictionCol(), value));
  }

  /**
   * Sets how many rows the model's transform computes together at most, 4096 by default. Inputs of
   * more than 4 MiB are computed in several parts.
   */
  default E setInferBatchSize(int value) {
    return estimator(set(inferBatchSize(), value));
  }
}
