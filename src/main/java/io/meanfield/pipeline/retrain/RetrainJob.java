package io.meanfield.pipeline.retrain;

import com.typesafe.config.Config;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.kernels.Kernels;
import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.run.RunIdentity;
import io.meanfield.pipeline.run.RunKernels;
import io.meanfield.pipeline.run.RunManifest;
import io.meanfield.pipeline.run.RunSupervisor;
import io.meanfield.pipeline.settings.RecordedSettings;
import io.meanfield.pipeline.train.Prepared;
import io.meanfield.pipeline.train.RecordedTraining;
import io.meanfield.pipeline.train.TrainingStart;
import io.meanfield.promotion.Decision;
import io.meanfield.promotion.Verdict;
import io.meanfield.registry.History;
import io.meanfield.registry.ModelVersion;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.registry.Registry;
import io.meanfield.store.Manifest;
import io.meanfield.store.Manifest.Difference;
import io.meanfield.store.RunDirectory;
import io.meanfield.tracking.Measurements;
import io.meanfield.train.history.TrainingListener;
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
  private static final RunIdentity IDENTITY =
      RunIdentity.of("command", RunKernels.KEY, REQUESTED).begunWith(Discovery.KEY);
  private static final List<String> TRAINED_ON = List.of("data", "engine", "from", "seed");

  private final JobContext job;
  private final RetrainSettings settings;
  private final RetrainOptions options;
  private final TrainingListener progressListener;

  /** Creates a job; the listener receives the progress of the training. */
  public RetrainJob(JobContext job, RetrainOptions options, TrainingListener progressListener) {
    this.job = job;
    this.settings = job.settings().get(RetrainSettings.class);
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
    settings.requireComplete(job.settings().data(), job.settings().train().intervals());
    job.requireWritableRuns();
    Registry registry = job.catalog().registry();
    registry.requireWritable(job.settings().run().singleWriter());
    // One for the whole job: it reads an entry of the history once, and their list each time.
    RegisteredModel model = registry.model(settings.modelName());
    Kernels kernels = RunKernels.pin(job); // first, because everything else may load the libraries
    Manifest wanted = manifest(kernels).build();
    return RunSupervisor.run(job, wanted, IDENTITY, held -> measured(held, kernels, model));
  }

  private Outcome measured(RunDirectory run, Kernels kernels, RegisteredModel model) {
    Measurements measurements = job.measurements();
    measurements.model(model.name());
    measurements.notPromoted();
    measureChampion(model);
    Outcome outcome = retrain(run, kernels, model);
    measureChampion(model);
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

  private Outcome retrain(RunDirectory run, Kernels kernels, RegisteredModel model) {
    RetrainInput input = new RetrainInput(job, model);
    Optional<Discovery> recorded = Discovery.of(run.manifest());
    recorded.ifPresent(input::requireFiles);
    Discovery found = recorded.orElseGet(() -> input.discover(options.date()));
    // Without its files, the model would be trained and compared as if there were no champion.
    Optional<ModelVersion> champion = found.champion().map(model::champion);
    Optional<Verdict> skip =
        recorded.isPresent()
            ? Optional.empty()
            : input.reasonToSkip(champion, found, options.allowBackfill());
    return skip.map(reason -> skipped(run, found, reason))
        .orElseGet(() -> train(run, Night.of(job, model, found, champion, kernels, options)));
  }

  private Outcome train(RunDirectory run, Night night) {
    night.requireUnseenTestShare();
    long readingNanos = System.nanoTime();
    try (AcceptedData data = AcceptedData.open(night, run)) {
      Prepared prepared =
          Prepared.of(
              data.examples(),
              TrainingStart.of(job, night.kernels(), night.weights()),
              progressListener);
      PairedResults.requireComparable(
          settings.rule().metric(), prepared.outputs(), night.champion());
      record(run, night, prepared);
      Outcome trained = RecordedTraining.run(prepared, run, readingNanos);
      return new Promotion(night, prepared.job(), data)
          .decide(run, trained)
          .withTime(trained.time());
    }
  }

  private Outcome skipped(RunDirectory run, Discovery discovery, Verdict reason) {
    Decision decision = Decision.withoutChallenger(settings.rule().metric(), reason);
    DecisionTable.write(run, discovery.champion(), Optional.empty(), decision);
    return Outcome.skipped(decision.reasons(), List.of());
  }

  // Not before the gate has passed: data that it refused may be repaired and are discovered anew.
  private void record(RunDirectory run, Night night, Prepared prepared) {
    RunManifest manifest = prepared.describe(manifest(night.kernels()));
    manifest.entry(Discovery.KEY, night.discovery().describe());
    night.weights().ifPresent(from -> manifest.entry("from", from.name()));
    Manifest found = run.manifest();
    Manifest wanted = manifest.build();
    if (Discovery.of(found).isPresent()) {
      requireSameTraining(run, found.differences(wanted, TRAINED_ON));
    }
    run.replaceManifest(wanted);
  }

  private static void requireSameTraining(RunDirectory run, List<Difference> differences) {
    if (!differences.isEmpty()) {
      throw UserException.of(
          ErrorCode.RUN_DIFFERS,
          "the training of run %s cannot continue, because it began otherwise: %s; restore the"
              + " data, or choose another --run-id",
          run.id(),
          Difference.text(differences));
    }
  }

  private RunManifest manifest(Kernels kernels) {
    return RunManifest.of(RunCommand.RETRAIN, job)
        .kernels(kernels)
        .entry(REQUESTED, requested())
        .settings(job.settings().config());
  }

  private Map<String, Object> requested() {
    Config config = RecordedSettings.of(job.settings().config());
    Map<String, Object> requested = new LinkedHashMap<>();
    requested.put("date", options.date().toString());
    requested.put("dry_run", options.dryRun());
    requested.put("allow_backfill", options.allowBackfill());
    requested.put("seed", job.settings().seed());
    for (String section : List.of("network", "pretrain", "train", "retrain")) {
      requested.put(section, config.getConfig(section).root().unwrapped());
    }
    return requested;
  }
}
