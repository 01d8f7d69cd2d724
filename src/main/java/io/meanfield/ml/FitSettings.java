package io.meanfield.ml;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.meanfield.data.encoding.ColumnRoles.HandleUnknown;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.Loss;
import io.meanfield.pipeline.settings.JobSettings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.spark.ml.param.Param;

/**
 * The settings of a fit. From weak to strong: those of the command {@code train} for a table, the
 * param network, and the other params that are set.
 */
final class FitSettings {
  private static final String LAYERS = "network.layers";
  private static final String HIDDEN_LAYERS = "network.hidden-layers";

  private final EstimatorParams<?> params;

  FitSettings(EstimatorParams<?> params) {
    this.params = params;
  }

  /**
   * Returns the settings.
   *
   * @param columns the columns of a DataFrame that the fit reads
   * @throws UserException with all problems found
   */
  JobSettings of(FitColumns columns) {
    Config given = NetworkParam.parse(params.getNetwork());
    if (given.hasPath(LAYERS) && params.isSet(params.hiddenLayers())) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "hiddenLayers is set, and param network sets network.layers; set one of them");
    }
    requirePreprocessed(given, columns.features().preprocessed());
    JobSettings settings =
        JobSettings.load(
            ConfigFactory.parseMap(set(columns), "params of " + params.uid()).withFallback(given));
    if (columns.hasClasses()) {
      settings.givenLoss().ifPresent(FitSettings::requireProbabilities);
    }
    return settings;
  }

  private static void requireProbabilities(Loss loss) {
    if (!loss.givesProbabilities()) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "a classifier needs network.loss = categorical_crossentropy or binary_crossentropy, which"
              + " give probabilities, found %s in param network",
          loss.id());
    }
  }

  private static void requirePreprocessed(Config given, boolean preprocessed) {
    if (given.hasPath("data.columns") && !preprocessed) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "param network sets data.columns.%s without featuresCols; the values of featuresCol are"
              + " inputs as they are, so name the columns in featuresCols, or leave it out",
          String.join(
              ", data.columns.", new TreeSet<>(given.getConfig("data.columns").root().keySet())));
    }
  }

  private Map<String, Object> set(FitColumns columns) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("data.format", "spark"); // rows that Spark reads
    settings.putAll(columns.settings());
    settings.putAll(columns.features().preprocessed() ? preprocessing() : inputsAsTheyAre());
    if (params.isSet(params.hiddenLayers())) {
      settings.put(HIDDEN_LAYERS, Arrays.stream(params.getHiddenLayers()).boxed().toList());
    }
    putNumber(settings, params.maxIter(), PreprocessingParams.AUTOMATIC, "train.epochs");
    putNumber(settings, params.batchSize(), PreprocessingParams.AUTOMATIC, "train.batch-size");
    putNumber(settings, params.numWorkers(), PreprocessingParams.AUTOMATIC, "train.workers");
    putNumber(settings, params.numMembers(), PreprocessingParams.AUTOMATIC, "train.members");
    putNumber(settings, params.numFolds(), PreprocessingParams.AUTOMATIC, "train.folds");
    if (params.isSet(params.intervals())) {
      settings.put("train.intervals", Arrays.stream(params.getIntervals()).boxed().toList());
    }
    put(settings, params.stepSize(), "network.optimizer.learning-rate");
    put(settings, params.seed(), "run.seed");
    putNumber(
        settings,
        params.numEarlyStoppingRounds(),
        EstimatorParams.AUTOMATIC_ROUNDS,
        "train.early-stopping.patience");
    put(settings, params.checkpointDir(), "run.directory");
    return settings;
  }

  /** Returns the preprocessing that the params set. */
  private Map<String, Object> preprocessing() {
    Map<String, Object> settings = new LinkedHashMap<>();
    put(settings, params.scale(), "data.columns.scale");
    put(settings, params.impute(), "data.columns.impute");
    put(settings, params.embedAbove(), "data.columns.embed-above");
    put(settings, params.embeddingSize(), "data.columns.embedding-size");
    if (params.isSet(params.handleInvalid())) {
      boolean keeps = params.getHandleInvalid().equals(PreprocessingParams.KEEP);
      settings.put(
          "data.columns.handle-unknown",
          (keeps ? HandleUnknown.EXTRA_COLUMN : HandleUnknown.ERROR).toString());
    }
    return settings;
  }

  private static Map<String, Object> inputsAsTheyAre() {
    return Map.of(
        "data.columns.scale", "none",
        "data.columns.log", "none",
        "data.columns.bins", "none",
        "data.columns.impute", "refuse",
        "data.columns.embed-above", "none",
        "data.columns.handle-unknown", HandleUnknown.ERROR.toString());
  }

  private void putNumber(Map<String, Object> settings, Param<?> param, int automatic, String key) {
    if (params.isSet(param) && !params.get(param).get().equals(automatic)) {
      settings.put(key, params.get(param).get());
    }
  }

  private void put(Map<String, Object> settings, Param<?> param, String key) {
    if (params.isSet(param) && !params.get(param).get().equals("")) {
      settings.put(key, params.get(param).get());
    }
  }
}
