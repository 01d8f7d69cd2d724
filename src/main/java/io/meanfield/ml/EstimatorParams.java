package io.meanfield.ml;

import java.io.Serializable;
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
  /** The value of a size that follows from the number of training rows. */
  int AUTOMATIC = 0;

  /** The value of numEarlyStoppingRounds that follows from the number of training rows. */
  int AUTOMATIC_ROUNDS = -1;

  /** The param objects of one instance. */
  final class EstimatorParamSet implements Serializable {
    private static final long serialVersionUID = 1L;

    private Param<String> idCol;
    private IntParam numWorkers;
    private IntParam batchSize;
    private IntArrayParam hiddenLayers;
    private Param<String> network;
    private IntParam numEarlyStoppingRounds;
    private Param<String> checkpointDir;
    private Param<String> runId;

    /** Creates the params of the owner, with their defaults. */
    void init(EstimatorParams<?> owner) {
      idCol =
          new Param<>(
              owner,
              "idCol",
              "column of unique ids, integers or strings; if not set, rows are identified by their"
                  + " content");
      numWorkers =
          new IntParam(
              owner, "numWorkers", "logical workers: train.workers", ParamValidators.gtEq(1));
      batchSize =
          new IntParam(
              owner,
              "batchSize",
              "examples in a minibatch of one worker: train.batch-size; 0 for a size that follows"
                  + " from the number of rows",
              ParamValidators.gtEq(AUTOMATIC));
      hiddenLayers =
          new IntArrayParam(
              (Params) owner,
              "hiddenLayers",
              "units of the relu layers between features and outputs");
      network =
          new Param<>(
              owner,
              "network",
              "settings in HOCON, such as network.layers and train.sync-frequency; a param that is"
                  + " set wins");
      numEarlyStoppingRounds =
          new IntParam(
              owner,
              "numEarlyStoppingRounds",
              "epochs without an improvement after which training stops:"
                  + " train.early-stopping.patience; 0 for never, -1 for a number that follows from"
                  + " the number of rows if maxIter is 0",
              ParamValidators.gtEq(AUTOMATIC_ROUNDS));
      checkpointDir =
          new Param<>(
              owner,
              "checkpointDir",
              "directory of runs in which fit keeps its run: run.directory; needs runId");
      runId =
          new Param<>(
              owner, "runId", "name of the run that fit continues or creates in checkpointDir");
      setDefaults(owner);
    }

    private void setDefaults(EstimatorParams<?> owner) {
      owner.setDefault(numWorkers, 2);
      owner.setDefault(batchSize, AUTOMATIC);
      owner.setDefault(hiddenLayers, new int[] {128, 64});
      owner.setDefault(network, "");
      owner.setDefault(numEarlyStoppingRounds, AUTOMATIC_ROUNDS);
    }
  }

  EstimatorParamSet estimatorParamSet();

  @SuppressWarnings("unchecked")
  private E estimator(Params self) {
    return (E) self;
  }

  default Param<String> idCol() {
    return estimatorParamSet().idCol;
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

  default IntParam numWorkers() {
    return estimatorParamSet().numWorkers;
  }

  default int getNumWorkers() {
    return (Integer) getOrDefault(numWorkers());
  }

  /** Sets the number of logical workers, 2 by default: train.workers. It determines the model. */
  default E setNumWorkers(int value) {
    return estimator(set(numWorkers(), value));
  }

  default IntParam batchSize() {
    return estimatorParamSet().batchSize;
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
    return estimatorParamSet().hiddenLayers;
  }

  default int[] getHiddenLayers() {
    return getOrDefault(hiddenLayers());
  }

  /** Sets the units of the relu layers between features and outputs, [128, 64] by default. */
  default E setHiddenLayers(int[] value) {
    return estimator(set(hiddenLayers(), value));
  }

  default Param<String> network() {
    return estimatorParamSet().network;
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
    return estimatorParamSet().numEarlyStoppingRounds;
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
    return estimatorParamSet().checkpointDir;
  }

  default String getCheckpointDir() {
    return getOrDefault(checkpointDir());
  }

  /** Sets the directory of runs in which {@code fit} keeps its run: run.directory. Needs runId. */
  default E setCheckpointDir(String value) {
    return estimator(set(checkpointDir(), value));
  }

  default Param<String> runId() {
    return estimatorParamSet().runId;
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

  /**
   * Sets how many rows the model's transform computes together at most, 4096 by default. Inputs of
   * more than 4 MiB are computed in several parts.
   */
  default E setInferBatchSize(int value) {
    return estimator(set(inferBatchSize(), value));
  }
}
