package io.meanfield.pipeline.challenger;

import com.typesafe.config.Config;
import io.meanfield.pipeline.retrain.Discovery;
import io.meanfield.pipeline.run.EncodingLayers;
import io.meanfield.pipeline.run.JobSettings;
import io.meanfield.pipeline.run.RecordedSettings;
import io.meanfield.registry.ModelVersion;
import io.meanfield.store.Manifest;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings by which data are read, compared with those of a champion: settings that suited the
 * champion's data and did not change are right, so that data which do not suit them have changed.
 */
record ReadingSettings(JobSettings settings) {
  private static final String TRAIN = "data.train";
  private static final String TEST = "data.test";
  private static final String INPUT = "network.input";
  // What the reader and its checks take from other sections. The input may be inferred.
  private static final List<String> PATHS = List.of("data", "retrain.input", "train.augment");

  /** Returns whether the champion's training data were read with the same settings. */
  boolean equalForTraining(ModelVersion champion) {
    // Without retrain.input, data.train names the files; with it, the files that were found.
    return settings.retrain().input().isPresent()
        ? areEqual(champion, List.of(TEST, TRAIN))
        : areEqual(champion, List.of(TEST));
  }

  /** Returns whether the champion was evaluated on test data that were read with these settings. */
  boolean equalForTest(ModelVersion champion) {
    return Discovery.of(champion.manifest()).isPresent() && areEqual(champion, List.of(TRAIN));
  }

  private boolean areEqual(ModelVersion champion, List<String> except) {
    List<String> paths = new ArrayList<>(PATHS);
    if (settings.isNetworkKnown()) {
      paths.addAll(List.of("network.layers", "network.loss"));
      if (settings.network().isInputKnown()) {
        paths.add(INPUT);
      }
    }
    return without(RecordedSettings.withoutHidden(champion.settings()), except)
        .differences(without(now(), except), paths)
        .isEmpty();
  }

  // Without hidden options: another password reads the same data.
  private Config now() {
    return RecordedSettings.withoutHidden(RecordedSettings.withoutPlacement(settings.config()));
  }

  private static Manifest without(Config config, List<String> paths) {
    Config rest = EncodingLayers.without(config);
    for (String path : paths) {
      rest = rest.withoutPath(path);
    }
    return new Manifest(rest);
  }
}
