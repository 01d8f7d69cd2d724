package io.meanfield.pipeline.play;

import com.typesafe.config.ConfigValueFactory;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.kernels.Kernels;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.Model;
import io.meanfield.network.TargetScale;
import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.run.RunIdentity;
import io.meanfield.pipeline.run.RunKernels;
import io.meanfield.pipeline.run.RunManifest;
import io.meanfield.pipeline.run.RunSupervisor;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.pipeline.train.TrainingStart;
import io.meanfield.reinforce.NetworkCheck;
import io.meanfield.reinforce.ReinforceSettings;
import io.meanfield.reinforce.environment.Environment;
import io.meanfield.settings.SettingsTree;
import io.meanfield.store.Manifest;
import io.meanfield.train.history.TrainingListener;
import java.util.List;
import java.util.Optional;

/**
 * The command {@code play}: trains a deep Q-network in an environment and writes model and tables
 * to a run.
 */
public final class PlayJob {
  // Entries of the manifest that must not change when a run continues.
  private static final RunIdentity IDENTITY =
      RunIdentity.of(
          "command",
          "engine",
          RunKernels.KEY,
          "settings.network",
          "settings.reinforce",
          "settings.run.seed");

  private final JobContext given;
  private final TrainingListener progressListener;

  /** Creates a job; the listener receives its progress. */
  public PlayJob(JobContext job, TrainingListener progressListener) {
    this.given = job;
    this.progressListener = progressListener;
  }

  /** Returns the number of epochs that the settings ask for. */
  public static int epochs(JobContext job) {
    return job.settings().get(ReinforceSettings.class).epochs();
  }

  /**
   * Runs the job.
   *
   * @throws io.meanfield.error.UserException if the settings or the run's directory cannot be used,
   *     if another process works on the run, or if training diverged or was interrupted
   */
  public Outcome run() {
    given.requireWritableRuns();
    Kernels kernels = RunKernels.pin(given); // first, because all else may load the libraries
    requireWholeNetwork();
    ReinforceSettings settings = given.settings().get(ReinforceSettings.class);
    JobContext job = given.withSettings(withInput(given.settings(), settings.environment()));
    NetworkCheck.require(job.settings().network(), settings.environment());
    job.announcement().run(); // before the engine is announced
    Model start =
        TrainingStart.of(job, kernels, Optional.empty())
            .model(job.settings(), TargetScale.NONE, progressListener);
    Manifest manifest = manifest(job, settings, start.network());
    return RunSupervisor.run(
        job,
        manifest,
        IDENTITY,
        held -> new RecordedPlay(job, settings, start, progressListener).run(held));
  }

  private void requireWholeNetwork() {
    if (!given.settings().isNetworkKnown()) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "play has no data that determine the last layer; name the network in network.layers");
    }
    if (!given.settings().network().schedule().isLengthKnown()) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "play has no epochs that determine the length of the schedule; set"
              + " network.optimizer.schedule.decay-steps to a number of gradient steps");
    }
  }

  private static JobSettings withInput(JobSettings settings, Environment environment) {
    return settings.network().isInputKnown()
        ? settings
        : JobSettings.read(
            SettingsTree.overDefaults(
                settings
                    .config()
                    .withValue(
                        "network.input",
                        ConfigValueFactory.fromIterable(
                            List.of(environment.observationSize()),
                            "inferred from the environment " + environment.name()))));
  }

  private static Manifest manifest(
      JobContext job, ReinforceSettings settings, EngineNetwork network) {
    return RunManifest.of(RunCommand.PLAY, job)
        .entry("seed", job.settings().seed())
        .entry("workers", settings.workers())
        .settings(job.settings().config(), network)
        .build();
  }
}
