package io.meanfield.pipeline.retrain;

import com.typesafe.config.Config;
import io.meanfield.pipeline.settings.EncodingLayers;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.pipeline.settings.RecordedSettings;
import io.meanfield.registry.ModelVersion;
import io.meanfield.store.Manifest;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the settings by which data are read are those of the champion: settings that suited the
 * champion's data and did not change are right, so that data which do not suit them have changed.
 *
 * @param training whether the champion's training data were read with the same settings
 * @param test whether the champion was evaluated on test data that were read with these settings
 */
record ProvenSettings(boolean training, boolean test) {
  private static final String TRAIN = "data.train";
  private static final String TEST = "data.test";
  private static final String INPUT = "network.input";
  // What the reader and its checks take from other sections. The input may be inferred.
  private static final List<String> PATHS = List.of("data", "retrain.input", "train.augment");

  static ProvenSettings of(Night night) {
    JobSettings settings = night.job().settings();
    return night
        .champion()
        .map(
            champion ->
                new ProvenSettings(
                    areEqual(settings, champion, exceptOfTraining(night)),
                    Discovery.of(champion.manifest()).isPresent()
                        && areEqual(settings, champion, List.of(TRAIN))))
        .orElse(new ProvenSettings(false, false));
  }

  // Without retrain.input, data.train names the files; with it, the files that were found.
  private static List<String> exceptOfTraining(Night night) {
    return night.settings().input().isPresent() ? List.of(TEST, TRAIN) : List.of(TEST);
  }

  private static boolean areEqual(
      JobSettings settings, ModelVersion champion, List<String> except) {
    List<String> paths = new ArrayList<>(PATHS);
    if (settings.isNetworkKnown()) {
      paths.addAll(List.of("network.layers", "network.loss", "network.quantile"));
      if (settings.network().isInputKnown()) {
        paths.add(INPUT);
      }
    }
    // Without hidden options: another password reads the same data.
    Config now =
        RecordedSettings.withoutHidden(RecordedSettings.withoutPlacement(settings.config()));
    return without(RecordedSettings.withoutHidden(champion.settings()), except)
        .differences(without(now, except), paths)
        .isEmpty();
  }

  private static Manifest without(Config config, List<String> paths) {
    Config rest = EncodingLayers.without(config);
    for (String path : paths) {
      rest = rest.withoutPath(path);
    }
    return new Manifest(rest);
  }
}
