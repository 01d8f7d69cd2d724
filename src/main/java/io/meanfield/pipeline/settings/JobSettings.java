package io.meanfield.pipeline.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import io.meanfield.data.TrainingShare;
import io.meanfield.data.encoding.DividingColumn.By;
import io.meanfield.data.formats.DataSettings;
import io.meanfield.data.source.Source;
import io.meanfield.engine.EngineSettings;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.baseline.BaselineChoice;
import io.meanfield.evaluate.threshold.ThresholdSettings;
import io.meanfield.network.Loss;
import io.meanfield.network.NetworkSettings;
import io.meanfield.pipeline.page.PageContent;
import io.meanfield.pretrain.PretrainSettings;
import io.meanfield.registry.RegistrySettings;
import io.meanfield.settings.HoconSource;
import io.meanfield.settings.Section;
import io.meanfield.settings.SettingsFile;
import io.meanfield.settings.SettingsPart;
import io.meanfield.settings.SettingsTree;
import io.meanfield.store.RunSettings;
import io.meanfield.tracking.mlflow.MlflowSettings;
import io.meanfield.train.TrainSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of all packages. Every command reads and checks them all, so that one file can serve
 * several commands.
 */
public final class JobSettings {
  private static final Logger LOG = LoggerFactory.getLogger(JobSettings.class);
  private static final List<SettingsPart> PARTS =
      ServiceLoader.load(SettingsPart.class, JobSettings.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .toList();

  private static final double VALIDATION_FRACTION = 0.2;

  private final RunSettings run;
  private final DataSettings data;
  private final boolean namesLayers;
  private final NetworkSettings network; // without a last layer unless namesLayers
  private final EngineSettings engine;
  private final TrainSettings train;
  private final PretrainSettings pretrain;
  private final RegistrySettings registry;
  private final ThresholdSettings threshold;
  private final PageContent page;
  private final BaselineChoice baselines;
  private final MlflowSettings tracking;
  private final Map<Class<?>, Record> parts = new HashMap<>();
  private final Config config;

  private JobSettings(SettingsTree tree) {
    Section networkSection = tree.section("network");
    Section trainSection = tree.section("train");
    Section runSection = tree.section("run");
    run = RunSettings.read(runSection);
    data = DataSettings.read(tree.section("data"), run.directory());
    namesLayers = networkSection.isSet(NetworkSettings.LAYERS);
    train = TrainSettings.read(trainSection);
    checkFolds(tree.section("data"), trainSection);
    network = NetworkSettings.read(networkSection).withMembers(Math.max(1, train.members()));
    Preset.read(networkSection);
    engine = EngineSettings.read(networkSection, runSection, trainSection);
    pretrain = PretrainSettings.read(tree.section("pretrain"), network);
    registry = RegistrySettings.read(tree.section("registry"));
    train.augmentation().check(networkSection, network.input());
    threshold = ThresholdSettings.read(trainSection);
    page = PageContent.read(runSection);
    baselines = BaselineChoice.read(runSection);
    tracking = MlflowSettings.read(tree.section("tracking"));
    for (SettingsPart each : PARTS) {
      Record part = each.read(tree);
      parts.put(part.getClass(), part);
    }
    config = tree.config();
  }

  private void checkFolds(Section dataSection, Section trainSection) {
    int folds = train.folds();
    if (folds > 1 && train.members() > 0 && train.members() != folds) {
      trainSection.invalid("members", "auto or %1$s, because train.folds is %1$s".formatted(folds));
    }
    data.columns()
        .dividing()
        .filter(column -> folds > 1 && column.by() == By.TIME)
        .ifPresent(
            column ->
                trainSection.invalid(
                    "folds", "auto or 1, because data.columns.%s is set".formatted(column.key())));
    if (folds > 1 && data.validationFraction().orElse(0) > 0) {
      dataSection.invalid(
          "validation-fraction", "auto or 0, because train.folds is %s".formatted(folds));
    }
  }

  /**
   * Loads and checks the settings.
   *
   * @param files HOCON files; a later file overrides an earlier one
   * @param assignments {@code key=value} strings, which override the files
   * @throws io.meanfield.error.UserException with all problems found
   */
  public static JobSettings load(List<SettingsFile> files, List<String> assignments) {
    return load(HoconSource.merge(files, assignments));
  }

  /**
   * Adds preset and defaults to settings, and checks them.
   *
   * @throws io.meanfield.error.UserException with all problems found
   */
  public static JobSettings load(Config given) {
    if (given.hasPath(DerivedNetwork.LAYERS) && given.hasPath(DerivedNetwork.HIDDEN_LAYERS)) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "network.layers and network.hidden-layers are both set; set network.layers to name the"
              + " whole network, or network.hidden-layers to let the data determine its last"
              + " layer");
    }
    Config preset = Preset.addTo(given, SettingsTree.overDefaults(given).config());
    return read(SettingsTree.overDefaults(preset));
  }

  /**
   * Reads and checks merged settings.
   *
   * @throws io.meanfield.error.UserException with all problems found
   */
  public static JobSettings read(SettingsTree tree) {
    LOG.debug("all settings are read");
    JobSettings settings = new JobSettings(tree);
    tree.throwIfInvalid();
    return settings;
  }

  public RunSettings run() {
    return run;
  }

  public DataSettings data() {
    return data;
  }

  /**
   * Returns the network.
   *
   * @throws IllegalStateException if the settings do not name its layers and {@link
   *     DerivedSettings} has not derived the last one
   */
  public NetworkSettings network() {
    if (!namesLayers) {
      throw new IllegalStateException("the last layer is not known before the data are open");
    }
    return network;
  }

  /** Returns a note if layers that are set leave out other settings of the network for tables. */
  public Optional<String> presetNote() {
    return Preset.note(config);
  }

  /** Returns the network, which lacks its last layer if the settings do not name all layers. */
  NetworkSettings givenNetwork() {
    return network;
  }

  /** Returns the loss; empty if the settings leave it to the data. */
  public Optional<Loss> givenLoss() {
    boolean isGiven = namesLayers || config.hasPath(DerivedNetwork.LOSS);
    return isGiven ? Optional.of(network.loss()) : Optional.empty();
  }

  /** Returns whether the settings name all layers of the network. */
  public boolean isNetworkKnown() {
    return namesLayers;
  }

  /** Returns the number of classes that labels may have; a large number before it is known. */
  public int labelClasses() {
    return namesLayers ? network.labelClasses() : NetworkSettings.MOST_LABEL_CLASSES;
  }

  /** Returns the choice of the engine, the kernels and the device that compute the network. */
  public EngineSettings engine() {
    return engine;
  }

  public TrainSettings train() {
    return train;
  }

  /** Returns what the layers learn without labels before training. */
  public PretrainSettings pretrain() {
    return pretrain;
  }

  public RegistrySettings registry() {
    return registry;
  }

  /** Returns how the model gets its threshold. */
  public ThresholdSettings threshold() {
    return threshold;
  }

  /** Returns what the page of the run shows. */
  public PageContent page() {
    return page;
  }

  /** Returns with which baselines a network is compared. */
  public BaselineChoice baselines() {
    return baselines;
  }

  /** Returns where runs are sent besides their directories. */
  public MlflowSettings tracking() {
    return tracking;
  }

  /** Returns the settings of a package that this one does not know. */
  public <T extends Record> T get(Class<T> part) {
    return part.cast(parts.get(part));
  }

  /** Returns the merged settings, for the manifest. */
  public Config config() {
    return config;
  }

  /**
   * Returns the settings of a retraining.
   *
   * @param network the settings of the champion, whose layers and loss are taken, and whose members
   *     if they are {@code auto}; empty to keep those of these settings
   * @param files those of {@code data.train}; empty to keep them
   * @param tests the files of {@code data.test}; empty to keep them
   * @throws io.meanfield.error.UserException if the files cannot form a data set of the format
   */
  public JobSettings forRetraining(
      Optional<Config> network, Optional<List<String>> files, Optional<List<String>> tests) {
    Config own = network.map(this::withNetworkOf).orElse(config);
    Config trained = files.map(found -> reading(own, "data.train", found)).orElse(own);
    Config all = tests.map(found -> reading(trained, "data.test", found)).orElse(trained);
    return all == config ? this : read(SettingsTree.overDefaults(all));
  }

  private Config withNetworkOf(Config recorded) {
    Config network = EncodingLayers.without(recorded);
    Config replaced = config;
    for (String key :
        List.of(DerivedNetwork.LAYERS, DerivedNetwork.LOSS, DerivedNetwork.QUANTILE)) {
      replaced =
          network.hasPath(key)
              ? replaced.withValue(key, network.getValue(key))
              : replaced.withoutPath(key);
    }
    return AutomaticSizes.isAuto(config, AutomaticSizes.MEMBERS)
            && recorded.hasPath(AutomaticSizes.MEMBERS)
        ? replaced
            .withValue(AutomaticSizes.MEMBERS, recorded.getValue(AutomaticSizes.MEMBERS))
            .withValue(AutomaticSizes.FOLDS, recorded.getValue(AutomaticSizes.FOLDS))
        : replaced;
  }

  private Config reading(Config settings, String key, List<String> files) {
    return settings.withValue(
        key,
        ConfigValueFactory.fromMap(DataSettings.ofFiles(data.format(), files), "retrain.input"));
  }

  /**
   * Returns the examples in some files, read as {@code data.train} is.
   *
   * @throws io.meanfield.error.UserException if the files cannot form a data set of the format
   */
  public Source trainingSource(List<String> files) {
    return DataSettings.read(
            SettingsTree.overDefaults(reading(config, "data.train", files)).section("data"),
            run.directory())
        .train();
  }

  /** Returns the names of the columns that the network predicts; empty if examples have classes. */
  public List<String> targets() {
    return config.getStringList("data.columns.targets");
  }

  /** The seed of all random numbers, such as the split and the initial weights. */
  public long seed() {
    return run.seed();
  }

  /** Returns the share of {@code data.train} that is for training. */
  public TrainingShare trainingShare() {
    return new TrainingShare(
        data.validationFraction().orElse(VALIDATION_FRACTION),
        data.testFraction(),
        seed(),
        folds());
  }

  private int folds() {
    boolean isGiven =
        train.members() > 0
            || data.validationFraction().isPresent()
            || data.columns().dividing().filter(column -> column.by() == By.TIME).isPresent();
    return train.folds() == TrainingShare.BY_EXAMPLES && isGiven ? 1 : train.folds();
  }

  /** Returns the sections {@code run} and {@code data} of the settings. */
  public Config runAndData() {
    return config.withOnlyPath("run").withFallback(config.withOnlyPath("data"));
  }
}
