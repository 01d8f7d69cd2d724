package io.meanfield.pipeline;

import com.typesafe.config.Config;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.Model;
import io.meanfield.reinforce.Replay;
import io.meanfield.report.AnimatedPng;
import io.meanfield.report.RgbImage;
import io.meanfield.settings.SettingsTree;
import io.meanfield.store.ExportedFile;
import io.meanfield.store.Manifest;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * The command {@code show --episode}: shows an episode that a model plays, in the environment and
 * with the seed of the model's run. Creates no run.
 */
public final class ReplayJob {
  private static final int LINE_STEPS = 10;
  private static final int PICTURE_STEPS = 2;
  private static final int PICTURE_MILLIS = 40;

  private final Configuration hadoop;
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
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    ModelCatalog catalog = ModelCatalog.of(hadoop, settings);
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

  /**
   * Plays the episode and returns lines to print.
   *
   * @param png the file for an animation; empty to return the steps as text
   */
  public List<String> show(Optional<String> png) {
    Replay replay =
        Replay.of(model, settings.reinforce().environment(), settings.seed(), episode - 1);
    return png.map(file -> List.of("picture  " + export(replay, file)))
        .orElseGet(() -> replay.lines(LINE_STEPS));
  }

  private String export(Replay replay, String file) {
    List<RgbImage> pictures = replay.pictures(PICTURE_STEPS);
    return ExportedFile.write(
        hadoop, file, out -> AnimatedPng.write(pictures, PICTURE_MILLIS, out));
  }
}
