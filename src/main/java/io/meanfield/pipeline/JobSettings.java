package io.meanfield.pipeline;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.meanfield.data.Dataset;
import io.meanfield.data.formats.DataSettings;
import io.meanfield.engine.EngineChoice;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.layers.Shape;
import io.meanfield.settings.Section;
import io.meanfield.settings.SettingsTree;
import io.meanfield.store.RunSettings;
import io.meanfield.train.Pretraining;
import io.meanfield.train.TrainSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * The settings of all packages. Every command reads and checks them all, so that one file can serve
 * several commands.
 *
 * @param engine that should run the network
 * @param seed of the split, the order of examples and the first weights
 * @param config as they were merged, for the manifest
 */
public record JobSettings(
    RunSettings run,
    DataSettings data,
    NetworkSettings network,
    EngineChoice engine,
    TrainSettings train,
    long seed,
    Config config) {

  /**
   * Loads and checks.
   *
   * @throws io.meanfield.error.UserException with all problems found
   */
  public static JobSettings load(List<Path> files, List<String> assignments) {
    return read(SettingsTree.load(files, assignments));
  }

  /** Reads and checks settings that are merged. */
  static JobSettings read(SettingsTree tree) {
    Section network = tree.section("network");
    Section train = tree.section("train");
    Section runSection = tree.section("run");
    RunSettings run = RunSettings.read(runSection);
    long seed = runSection.seed("seed");
    JobSettings settings =
        new JobSettings(
            run,
            DataSettings.read(tree.section("data"), run.directory()),
            NetworkSettings.read(network),
            EngineChoice.read(network),
            TrainSettings.read(train),
            seed,
            tree.config());
    if (settings.train().pretrainEpochs() > 0 && settings.pretraining().layers().isEmpty()) {
      train.invalid("pretrain-epochs", "0, because network.layers has no autoencoder");
    }
    settings.checkAugmentation(network);
    tree.throwIfInvalid();
    return settings;
  }

  /**
   * Returns the settings for this data set: {@code network.input}, unless it is set, is the first
   * shape of an example that the layers accept.
   *
   * @throws io.meanfield.error.UserException if they accept none
   */
  JobSettings forExamples(Dataset data) {
    if (network.isInputKnown()) {
      return this;
    }
    List<List<Integer>> shapes = ExampleShapes.of(data);
    List<Integer> input =
        shapes.stream().filter(network::accepts).findFirst().orElse(shapes.get(0));
    ConfigValue inferred =
        ConfigValueFactory.fromIterable(input, "inferred from " + data.display());
    return read(SettingsTree.overDefaults(config.withValue("network.input", inferred)));
  }

  /** Returns the settings of the run and of its data only. */
  Config runAndData() {
    return config.withOnlyPath("run").withFallback(config.withOnlyPath("data"));
  }

  /** Returns the number of epochs, including pre-training, without early stopping. */
  public int epochs() {
    return pretraining().epochs() + train.epochs();
  }

  private Pretraining pretraining() {
    return Pretraining.of(train, network);
  }

  private void checkAugmentation(Section section) {
    // More than three dimensions are a problem already.
    boolean known = network.isInputKnown() && network.input().size() <= 3;
    if (!train.augmentation().isOff() && known && Shape.of(network.input()).image().isEmpty()) {
      section.invalid(
          "input",
          "a square number or [height, width, channels], because train.augment moves images");
    }
  }
}
