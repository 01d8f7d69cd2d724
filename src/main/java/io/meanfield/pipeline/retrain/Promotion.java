package io.meanfield.pipeline.retrain;

import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.run.SkippedRowsTable;
import io.meanfield.pipeline.train.EvaluationSummary;
import io.meanfield.pipeline.train.ModelReference;
import io.meanfield.promotion.Decision;
import io.meanfield.promotion.PromotionRule;
import io.meanfield.promotion.SignificanceTest;
import io.meanfield.registry.Cause;
import io.meanfield.registry.Change;
import io.meanfield.registry.HistoryEntry;
import io.meanfield.registry.ModelVersion;
import io.meanfield.registry.NewVersion;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.registry.VersionReference;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The last phases of a retraining: evaluates the challenger, registers it, compares it with the
 * champion, and promotes it if it is better. Driver only.
 */
final class Promotion {
  private static final String TEST = "test";
  private static final String FINGERPRINT = TEST + ".fingerprint";
  private static final int MAX_TEST_USES = 100;

  private final Night night;
  private final JobContext job;
  private final RegisteredModel model;
  private final AcceptedData data;
  private final PromotionRule rule;

  /**
   * Prepares the decision.
   *
   * @param job with the settings with which the challenger was trained
   */
  Promotion(Night night, JobContext job, AcceptedData data) {
    this.night = night;
    this.job = job;
    this.model = night.model();
    this.data = data;
    this.rule = night.settings().rule();
  }

  /** A challenger: its training and its result on the test examples. */
  private record Challenger(RunDirectory run, Outcome trained, TestResult result) {

    RunResult measured() {
      Map<String, Double> metrics = new LinkedHashMap<>(trained.result().metrics());
      metrics.putAll(EvaluationSummary.metrics(result.evaluation()));
      return new RunResult(metrics, trained.result().weightsSha256());
    }
  }

  /** Decides about the model that the run has trained. */
  Outcome decide(RunDirectory run, Outcome trained) {
    ModelReference written = ModelReference.ofTrained(job.catalog().hadoop(), run);
    try (TestResult result = TestResult.of(job, onEngine(written), night.settings().by())) {
      result.score(rule.metric()); // before anything is registered, because it may have no value
      Challenger challenger = new Challenger(run, trained, result);
      Optional<ModelVersion> version =
          night.options().dryRun() ? Optional.empty() : Optional.of(register(challenger));
      result.write(job, run, version.map(ModelVersion::number));
      SkippedRowsTable.write(
          run, Map.of("data.train", data.examples().data(), "data.test", result.data()));
      return promoteIfBetter(challenger, version, champion(run))
          .withNotes(notes(challenger))
          .withResult(challenger.measured());
    }
  }

  private ModelReference onEngine(ModelReference reference) {
    return reference.withEngine(job.settings().engine(), night.kernels());
  }

  private ModelVersion register(Challenger challenger) {
    return model.register(
        new NewVersion(
            challenger.run(),
            challenger.measured(),
            night.parent(),
            Optional.of(out -> out.write(data.profile().toJson())),
            Map.of(
                Discovery.KEY,
                night.discovery().describe(),
                TEST,
                Map.of(
                    "fingerprint",
                    challenger.result().fingerprint(),
                    "examples",
                    challenger.result().data().count()))));
  }

  // A run that was killed after it had promoted its challenger compares with the champion before.
  private Optional<Integer> champion(RunDirectory run) {
    return model.history().entries().stream()
        .filter(entry -> entry.change().kind() == Change.Kind.PROMOTION)
        .filter(entry -> entry.cause().runId().equals(Optional.of(run.id().value())))
        .findFirst()
        .map(HistoryEntry::change)
        .map(Change::comparedWith)
        .orElseGet(() -> model.history().champion());
  }

  private Outcome promoteIfBetter(
      Challenger challenger, Optional<ModelVersion> version, Optional<Integer> champion) {
    Decision decision = decision(challenger, champion);
    version.ifPresent(registered -> measure(registered, false));
    DecisionTable.write(challenger.run(), champion, version.map(ModelVersion::number), decision);
    if (version.isEmpty() || !decision.isPromotion()) {
      return unchanged(challenger, version, champion, decision);
    }
    Cause cause =
        new Cause(
            RunCommand.RETRAIN.id(),
            decision.reasons(),
            Optional.of(challenger.run().id().value()));
    if (model.promote(version.get().number(), champion, cause).isEmpty()) {
      return promoteIfBetter(
          challenger, version, model.history().champion()); // another run was faster
    }
    measure(version.get(), true);
    return Outcome.done(
        "promoted " + version.get().name() + ": " + decision.reasons(), details(challenger));
  }

  private void measure(ModelVersion version, boolean promoted) {
    job.measurements().registered(version.number(), promoted);
  }

  private Outcome unchanged(
      Challenger challenger,
      Optional<ModelVersion> version,
      Optional<Integer> champion,
      Decision decision) {
    String name = version.map(registered -> registered.name().toString()).orElse("the challenger");
    if (decision.isPromotion()) {
      return Outcome.done("would promote " + name + ": " + decision.reasons(), details(challenger));
    }
    String kept =
        champion
            .map(number -> "kept " + VersionReference.of(model.name(), number) + " instead of ")
            .orElse("did not promote ");
    return Outcome.skipped(
        kept + name + ": " + decision.reasons() + byHand(version, champion), details(challenger));
  }

  // The first model is compared with a number that somebody has guessed.
  private static String byHand(Optional<ModelVersion> version, Optional<Integer> champion) {
    return version
        .filter(registered -> champion.isEmpty())
        .map(
            registered ->
                String.format(
                    Locale.ROOT,
                    "; lower retrain.floor for the next model, or promote this one by hand: models"
                        + " promote %s --reason TEXT",
                    registered.name()))
        .orElse("");
  }

  private Decision decision(Challenger challenger, Optional<Integer> champion) {
    Decision decision =
        champion
            .map(number -> compare(challenger, number))
            .orElseGet(() -> rule.first(challenger.result().score(rule.metric())));
    return RetrainInput.backfill(
            champion.flatMap(model::version), night.discovery(), night.options().allowBackfill())
        .map(decision::with)
        .orElse(decision);
  }

  private Decision compare(Challenger trained, int number) {
    TestResult challenger = trained.result();
    String name = VersionReference.of(model.name(), number).toString();
    ModelReference registered = ModelReference.resolve(job.catalog(), name);
    try (TestResult champion = TestResult.of(job, onEngine(registered), night.settings().by());
        PairedResults pairs = PairedResults.of(champion.predictions(), challenger.predictions())) {
      SignificanceTest test =
          pairs.test(
              rule.metric(), job.settings().seed(), challenger.evaluation().classes().size());
      ComparisonTable.write(trained.run(), champion.evaluation(), challenger.evaluation());
      return rule.compare(champion.score(rule.metric()), challenger.score(rule.metric()), test);
    }
  }

  private List<String> notes(Challenger challenger) {
    List<String> notes = new ArrayList<>(challenger.trained().notes());
    notes.addAll(challenger.result().evaluation().notes());
    SkippedRowsTable.note(challenger.result().data()).ifPresent(notes::add);
    String fingerprint = challenger.result().fingerprint();
    reuse(
            model.versions().stream()
                .filter(
                    version ->
                        version.manifest().string(FINGERPRINT).equals(Optional.of(fingerprint)))
                .count())
        .ifPresent(notes::add);
    return notes;
  }

  /** Returns a note if the same test examples have decided too often. */
  static Optional<String> reuse(long decisions) {
    // Dwork et al. 2015, "The reusable holdout".
    return decisions > MAX_TEST_USES
        ? Optional.of(
            "%s that fit them; set data.test to fresh examples"
                .formatted(
                    "the same test examples have decided about %s versions, so that chance favours models"
                        .formatted(decisions)))
        : Optional.empty();
  }

  private List<String> details(Challenger challenger) {
    List<String> details = new ArrayList<>(challenger.trained().details());
    details.addAll(data.gate());
    details.addAll(
        EvaluationSummary.details(
            challenger.run(), challenger.result().evaluation(), challenger.result().data()));
    return details;
  }
}
