package io.meanfield.pipeline.challenger;

import com.typesafe.config.Config;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.Kernels;
import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.pipeline.retrain.DecisionTable;
import io.meanfield.pipeline.retrain.Discovery;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.JobSettings;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.run.RecordedSettings;
import io.meanfield.pipeline.run.RunIdentity;
import io.meanfield.pipeline.run.RunKernels;
import io.meanfield.pipeline.run.RunManifest;
import io.meanfield.pipeline.run.RunSupervisor;
import io.meanfield.pipeline.train.Prepared;
import io.meanfield.pipeline.train.RecordedTraining;
import io.meanfield.promotion.Decision;
import io.meanfield.promotion.Verdict;
import io.meanfield.registry.History;
import io.meanfield.registry.ModelVersion;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.registry.Registry;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.tracking.Measurements;
import io.meanfield.train.history.TrainingListener;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command {@code retrain}: trains a challenger on new data and promotes it if it is better than
 * the champion.
 */
public final class RetrainJob {
  private static final Logger LOG = LoggerFactory.getLogger(RetrainJob.class);

  private static final String REQUESTED = "requested";
  // A run that continues must be asked for the same; the bounds of the gate may change.
  private static final RunIdentity IDENTITY = RunIdentity.of("command", RunKernels.KEY, REQUESTED);
  private static final List<String> TRAINED_ON = List.of("data", "engine", "from", "seed");

  private final JobContext job;
  private final JobSettings settings;
  private final Options options;
  private final TrainingListener progressListener;

  /**
   * The options of a retraining besides its settings.
   *
   * @param date the logical date; data of later dates are left out
   * @param dryRun whether to decide without registering or promoting the challenger
   * @param allowBackfill whether a run of an older date may replace the champion of a newer one
   */
  public record Options(LocalDate date, boolean dryRun, boolean allowBackfill) {}

  /** Creates a job; the listener receives the progress of the training. */
  public RetrainJob(JobContext job, Options options, TrainingListener progressListener) {
    this.job = job;
    this.settings = job.settings();
    this.options = options;
    this.progressListener = progressListener;
  }

  /**
   * Runs the job.
   *
   * @throws UserException if settings, data or directories cannot be used, if the gate refuses the
   *     data, if another process works on the run, or if training diverged or was interrupted
   */
  public Outcome run() {
    settings.retrain().requireComplete(settings.dataFormat());
    job.requireWritableRuns();
    Registry registry = job.catalog().registry();
    registry.requireWritable(settings.run().singleWriter());
    // One model for the whole job: it reads an entry of the history once, and their list each time.
    RetrainInput input = new RetrainInput(job, registry.model(settings.retrain().modelName()));
    Kernels kernels = RunKernels.pin(job); // first, because everything else may load the libraries
    Manifest wanted = manifest(kernels).build();
    return RunSupervisor.run(job, wanted, IDENTITY, held -> measured(held, kernels, input));
  }

  private Outcome measured(RunDirectory run, Kernels kernels, RetrainInput input) {
    Measurements measurements = job.measurements();
    measurements.model(input.model().name());
    measurements.notPromoted();
    measureChampion(input.model());
    Outcome outcome = retrain(run, kernels, input);
    measureChampion(input.model());
    return outcome;
  }

  // A measurement fails no run, certainly not one that has promoted its model.
  private void measureChampion(RegisteredModel model) {
    try {
      History history = model.history();
      history
          .championEntry()
          .ifPresent(
              entry -> job.measurements().champion(history.champion().orElseThrow(), entry.time()));
    } catch (UserException e) {
      LOG.warn("the champion of {} is not measured: {}", model.name(), e.getMessage());
    }
  }

  private Outcome retrain(RunDirectory run, Kernels kernels, RetrainInput input) {
    Optional<Discovery> recorded = Discovery.of(run.manifest());
    recorded.ifPresent(input::requireFiles);
    Discovery discovery = recorded.orElseGet(() -> input.discover(options.date()));
    if (recorded.isEmpty()) {
      Optional<Verdict> skip = input.reasonToSkip(discovery, options.allowBackfill());
      if (skip.isPresent()) {
        return skipped(run, discovery, skip.get());
      }
    }
    input.requireUnseenTestShare(discovery);
    long readingNanos = System.nanoTime();
    GatedTraining gated = GatedTraining.open(run, input, discovery, kernels, progressListener);
    try {
      return retrain(run, kernels, input, discovery, gated, readingNanos);
    } finally {
      gated.training().examples().close();
    }
  }

  private Outcome retrain(
      RunDirectory run,
      Kernels kernels,
      RetrainInput input,
      Discovery discovery,
      GatedTraining gated,
      long readingNanos) {
    Prepared training = gated.training();
    PairedResults.requireComparable(settings.retrain().rule().metric(), training.outputs());
    record(run, kernels, discovery, input.champion(discovery), training);
    Outcome trained = RecordedTraining.run(training, run, readingNanos);
    return new Promotion(
            input.trainingJob(discovery),
            input.model(),
            kernels,
            options.dryRun(),
            options.allowBackfill())
        .decide(run, discovery, gated, trained)
        .withTime(trained.time());
  }

  private Outcome skipped(RunDirectory run, Discovery discovery, Verdict reason) {
    Decision decision = Decision.withoutChallenger(settings.retrain().rule().metric(), reason);
    DecisionTable.write(run, discovery.champion(), Optional.empty(), decision);
    return Outcome.skipped(decision.reasons(), List.of());
  }

  // Not before the gate has passed: data that it refused may be repaired and are discovered anew.
  private void record(
      RunDirectory run,
      Kernels kernels,
      Discovery discovery,
      Optional<ModelVersion> champion,
      Prepared training) {
    RunManifest manifest = training.describe(manifest(kernels));
    manifest.entry(Discovery.KEY, discovery.describe());
    GatedTraining.initialVersion(settings.retrain(), champion)
        .ifPresent(version -> manifest.entry("from", version));
    Manifest found = run.manifest();
    Manifest wanted = manifest.build();
    if (Discovery.of(found).isPresent()) {
      requireSameTraining(run, found.differences(wanted, TRAINED_ON));
    }
    run.replaceManifest(wanted);
  }

  private static void requireSameTraining(RunDirectory run, List<String> differences) {
    if (!differences.isEmpty()) {
      throw new UserException(
          ErrorCode.RUN_DIFFERS,
          "the training of run "
              + run.id()
              + " cannot continue, because it began otherwise: "
              + String.join("; ", differences)
              + "; restore the data, or choose another --run-id");
    }
  }

  private RunManifest manifest(Kernels kernels) {
    return RunManifest.of(RunCommand.RETRAIN, job)
        .kernels(kernels)
        .entry(REQUESTED, requested())
        .settings(settings.config());
  }

  private Map<String, Object> requested() {
    Config config = RecordedSettings.of(settings.config());
    Map<String, Object> requested = new LinkedHashMap<>();
    requested.put("date", options.date().toString());
    requested.put("dry_run", options.dryRun());
    requested.put("allow_backfill", options.allowBackfill());
    requested.put("seed", settings.seed());
    for (String section : List.of("network", "pretrain", "train", "retrain")) {
      requested.put(section, config.getConfig(section).root().unwrapped());
    }
    return requested;
  }
}
