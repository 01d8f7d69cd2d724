package io.meanfield.settings;

import com.typesafe.config.Config;
import io.meanfield.data.formats.DataSettings;
import io.meanfield.engine.EngineSettings;
import io.meanfield.evaluate.baseline.BaselineChoice;
import io.meanfield.evaluate.threshold.ThresholdSettings;
import io.meanfield.network.NetworkSettings;
import io.meanfield.pipeline.page.PageContent;
import io.meanfield.pipeline.retrain.RetrainSettings;
import io.meanfield.pipeline.search.SearchSettings;
import io.meanfield.pipeline.settings.Preset;
import io.meanfield.pretrain.PretrainSettings;
import io.meanfield.registry.RegistrySettings;
import io.meanfield.reinforce.ReinforceSettings;
import io.meanfield.store.RunSettings;
import io.meanfield.tracking.mlflow.MlflowSettings;
import io.meanfield.train.TrainSettings;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The keys that the packages read from settings. */
final class KnownKeys {
  private KnownKeys() {}

  /** Returns the paths of all keys that are read, sections included. */
  static Set<String> of(Config config) {
    Problems problems = new Problems();
    Section root = new Section(problems, "", config.root());
    RunSettings.read(root.section("run"));
    DataSettings.read(root.section("data"), "runs");
    PretrainSettings.read(root.section("pretrain"), NetworkSettings.read(root.section("network")));
    Preset.read(root.section("network"));
    EngineSettings.read(root.section("network"), root.section("run"), root.section("train"));
    TrainSettings.read(root.section("train"));
    ThresholdSettings.read(root.section("train"));
    PageContent.read(root.section("run"));
    BaselineChoice.read(root.section("run"));
    RetrainSettings.read(root.section("retrain"), root.section("gate"));
    SearchSettings.read(root.section("search"));
    RegistrySettings.read(root.section("registry"));
    ReinforceSettings.read(root.section("reinforce"));
    MlflowSettings.read(root.section("tracking"));
    return new TreeSet<>(known(problems));
  }

  // No production code lists the known keys, so Problems has no accessor for them.
  private static List<String> known(Problems problems) {
    try {
      var sections = Problems.class.getDeclaredField("sections");
      sections.setAccessible(true);
      return ((List<?>) sections.get(problems))
          .stream().flatMap(section -> ((Section) section).known().stream()).toList();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
