package io.meanfield.ml;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import io.meanfield.data.ColumnRoles;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.JobSettings;
import io.meanfield.settings.SettingsFile;
import io.meanfield.settings.SettingsTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.param.Param;

/**
 * The settings of a fit. From weak to strong: conf/defaults.conf, layers and loss that follow from
 * the label, the param network, and the other params that are set.
 */
final class FitSettings {
  private static final String LAYERS = "network.layers";

  private final EstimatorParams<?> params;

  FitSettings(EstimatorParams<?> params) {
    this.params = params;
  }

  /** Text in HOCON that is in no file. */
  private record Text(String display, String text) implements SettingsFile {
    static Text of(String display, Map<String, Object> settings) {
      return new Text(
          display, ConfigFactory.parseMap(settings).root().render(ConfigRenderOptions.concise()));
    }

    @Override
    public Optional<String> read() {
      return Optional.of(text);
    }

    @Override
    public SettingsFile resolve(String path) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          display + " includes " + path + "; expected the settings themselves, without include");
    }
  }

  /**
   * Returns the settings.
   *
   * @param roles of the columns of the training rows
   * @throws UserException with all problems found
   */
  JobSettings of(FitTarget target, ColumnRoles roles) {
    Text network = new Text("param network", params.getNetwork());
    Config given = SettingsTree.merge(List.of(network), List.of());
    if (given.hasPath(LAYERS) && params.isSet(params.hiddenLayers())) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "hiddenLayers is set, and param network sets network.layers; set one of them");
    }
    requireNoData(given);
    return JobSettings.load(
        List.of(
            Text.of("the label", derived(target)),
            network,
            Text.of("params of " + params.uid(), set(roles))),
        List.of());
  }

  private static void requireNoData(Config given) {
    for (String key : List.of("data.format", "data.train", "data.test", "data.columns")) {
      if (given.hasPath(key)) {
        throw new UserException(
            ErrorCode.WRONG_SETTINGS,
            "param network sets "
                + key
                + ", which follows from the DataFrame and the other params; leave it out");
      }
    }
  }

  private Map<String, Object> derived(FitTarget target) {
    List<Map<String, Object>> layers = new ArrayList<>();
    Arrays.stream(params.getHiddenLayers())
        .forEach(units -> layers.add(Map.of("dense", units, "activation", "relu")));
    layers.add(target.lastLayer());
    return Map.of(LAYERS, layers, "network.loss", target.loss());
  }

  private Map<String, Object> set(ColumnRoles roles) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("data.format", "parquet");
    settings.put("data.columns.features", roles.features().orElseThrow());
    settings.put("data.columns.categorical", roles.categorical());
    settings.put("data.columns.targets", roles.targets());
    // Values are inputs as they are; a pipeline prepares them.
    settings.put("data.columns.scale", "none");
    settings.put("data.columns.log", "none");
    settings.put("data.columns.impute", "refuse");
    settings.put("data.columns.embed-above", "none");
    settings.put("data.columns.handle-unknown", roles.handleUnknown().toString());
    roles.id().ifPresent(id -> settings.put("data.columns.id", id));
    roles.label().ifPresent(label -> settings.put("data.columns.label", label));
    roles.weight().ifPresent(weight -> settings.put("data.columns.weight", weight));
    put(settings, params.maxIter(), "train.epochs");
    put(settings, params.batchSize(), "train.batch-size");
    put(settings, params.numWorkers(), "train.workers");
    put(settings, params.stepSize(), "network.optimizer.learning-rate");
    put(settings, params.seed(), "run.seed");
    put(settings, params.numEarlyStoppingRounds(), "train.early-stopping.patience");
    put(settings, params.checkpointDir(), "run.directory");
    return settings;
  }

  private void put(Map<String, Object> settings, Param<?> param, String key) {
    if (params.isSet(param) && !params.get(param).get().equals("")) {
      settings.put(key, params.get(param).get());
    }
  }
}
