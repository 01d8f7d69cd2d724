package io.meanfield.pipeline.score;

import com.typesafe.config.Config;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.Model;
import io.meanfield.pipeline.run.JobSettings;
import io.meanfield.pipeline.run.ModelCatalog;
import io.meanfield.pipeline.train.ModelReference;
import io.meanfield.reinforce.Replay;
import io.meanfield.settings.SettingsTree;
import io.meanfield.store.Manifest;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * The command {@code show --episode}: shows an episode that a model plays, in the environment and
 * with the seed of the model's run. Creates no run.
 */
public final class ReplayJob {
  private static final int LINE_STEPS = 10;

  private final JobSettings settings;
  private final int episode;
  private final Model model;

  /**
   * Reads the model.
   *
   * @param episode from 1
   * @param model the id of a run, the path of a model file, or a version of a registered model
   */
  public ReplayJob(SparkSession spark, JobSettings settings, int episode, String model) {
    if (episode < 1) {
      throw new UserException(
          ErrorCode.WRONG_ARGUMENTS, "--episode must be at least 1, found " + episode);
    }
    ModelCatalog catalog = ModelCatalog.of(spark.sparkContext().hadoopConfiguration(), settings);
    this.settings =
        ModelReference.runOf(catalog, model).map(run -> as(run, settings)).orElse(settings);
    this.episode = episode;
    this.model = ModelReference.load(catalog, settings, model).model();
  }

  /** Returns the settings with environment and seed of a run. */
  private static JobSettings as(Manifest run, JobSettings settings) {
    Config config = settings.config();
    for (String path : List.of("reinforce", "run.seed")) {
      if (run.json().hasPath("settings." + path)) {
        config = config.withValue(path, run.json().getValue("settings." + path));
      }
    }
    return JobSettings.read(SettingsTree.overDefaults(config));
  }

  /** Plays the episode and returns a line for every tenth step. */
  public List<String> show() {
    return Replay.of(model, settings.reinforce().environment(), settings.seed(), episode - 1)
        .lines(LINE_STEPS);
  }
}
