package io.meanfield.pipeline.score;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import io.meanfield.data.formats.DataSettings;
import io.meanfield.pipeline.run.ModelCatalog;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.pipeline.settings.RecordedSettings;
import io.meanfield.pipeline.train.ModelReference;
import io.meanfield.settings.HoconSource;
import io.meanfield.settings.SettingsFile;
import io.meanfield.settings.SettingsTree;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * The settings of a job on a trained model. Unless they name a data format, the section {@code
 * data} of the model's run applies below them, so that new examples are read as the training
 * examples were.
 */
public final class ModelSettings {
  private static final String DATA = "data";
  private static final String FORMAT = "data.format";
  private static final String TEST = "data.test";
  private static final String TEST_FRACTION = "data.test-fraction";

  private final Config given;

  private ModelSettings(Config given) {
    this.given = given;
  }

  /**
   * Merges the settings of files and assignments, later ones win.
   *
   * @throws io.meanfield.error.UserException if a file or an assignment is not valid
   */
  public static ModelSettings of(List<SettingsFile> files, List<String> assignments) {
    return new ModelSettings(HoconSource.merge(files, assignments));
  }

  /**
   * Loads and checks the settings.
   *
   * @param model the id of a run, the path of a model file, or a version of a registered model
   * @param data the arguments of {@code --data}; empty for the test set of the settings
   * @throws io.meanfield.error.UserException with every problem that there is
   */
  public JobSettings load(Configuration hadoop, String model, List<String> data) {
    Config merged = namesFormat() ? given : over(dataOfRun(hadoop, model));
    return JobSettings.read(
        SettingsTree.overDefaults(data.isEmpty() ? merged : located(merged, data)));
  }

  private boolean namesFormat() {
    return SettingsTree.sets(given, FORMAT);
  }

  // A test set that is given replaces the share of the training examples that the run set aside.
  private Config over(Config run) {
    return given.withFallback(
        SettingsTree.sets(given, TEST) ? run.withoutPath(TEST_FRACTION) : run);
  }

  private Config dataOfRun(Configuration hadoop, String model) {
    return ModelReference.runOf(ModelCatalog.of(hadoop, given), model)
        .flatMap(manifest -> manifest.section("settings." + DATA))
        .map(section -> RecordedSettings.withoutHidden(section.atKey(DATA)))
        .orElseGet(ConfigFactory::empty);
  }

  private static Config located(Config settings, List<String> data) {
    String format = SettingsTree.overDefaults(settings).config().getString(FORMAT);
    return settings
        .withoutPath(TEST)
        .withoutPath(TEST_FRACTION)
        .withValue(TEST, ConfigValueFactory.fromMap(DataSettings.located(format, data), "--data"));
  }
}
