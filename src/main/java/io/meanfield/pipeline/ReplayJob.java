package io.meanfield.pipeline;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.Kernels;
import io.meanfield.network.Model;
import io.meanfield.reinforce.Replay;
import io.meanfield.report.AnimatedPng;
import io.meanfield.report.RgbImage;
import io.meanfield.store.ExportedFile;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** The command {@code show --episode}: shows an episode that a model plays. Creates no run. */
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
    Kernels kernels =
        RunKernels.pin(settings); // first, because reading a model loads the libraries
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.settings = settings;
    this.episode = episode;
    this.model =
        ModelReference.resolve(ModelCatalog.of(hadoop, settings), model)
            .withEngine(settings.engine(), kernels)
            .model();
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
