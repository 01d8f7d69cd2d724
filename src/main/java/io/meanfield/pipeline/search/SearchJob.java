package io.meanfield.pipeline.search;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.run.RunIdentity;
import io.meanfield.pipeline.run.RunManifest;
import io.meanfield.pipeline.run.RunSupervisor;
import io.meanfield.report.ReadableNumber;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunResult;
import io.meanfield.store.file.HadoopPaths;
import io.meanfield.tracking.RunReport;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The command {@code search}: trains with other settings, in a run each, and names the settings
 * that are best on the validation examples. With halving, a trial continues only while it is among
 * the better half (Jamieson and Talwalkar 2016, "Non-stochastic Best Arm Identification and
 * Hyperparameter Optimization"). Test examples are not looked at.
 */
public final class SearchJob {
  /** The name of the file with the settings of the best trial. */
  public static final String BEST = "best.conf";

  // The ends of the first two of the four periods of the tables' schedule, where its rate is zero.
  private static final List<Double> RUNGS = List.of(0.2, 0.467);
  private static final String HIDDEN_LAYERS = "network.hidden-layers";
  private static final String PRESET = "network.preset";
  private static final RunIdentity IDENTITY =
      RunIdentity.of(
              "command",
              "settings.network",
              "settings.train",
              "settings.run.seed",
              "settings.search.space",
              "settings.search.halving")
          .growingBy("settings.search." + SearchSettings.TRIALS);

  private final JobContext job;
  private final SearchSettings search;
  private final TrialRuns runs;

  /**
   * Creates a job.
   *
   * @param print receives a line for each trial that ends or pauses
   */
  public SearchJob(JobContext job, Consumer<String> print) {
    this.job = job;
    this.search = job.settings().get(SearchSettings.class);
    this.runs = new TrialRuns(job, print);
  }

  /**
   * Runs the job.
   *
   * @throws UserException if the settings of a trial cannot be used, if there are no validation
   *     examples, or if a trial fails otherwise than by diverging
   */
  public Outcome run() {
    List<Trial> trials = trials();
    job.requireWritableRuns();
    Manifest manifest =
        RunManifest.of(RunCommand.SEARCH, job).settings(job.settings().config()).build();
    RunDirectory run = job.runs().claim(job.id(), manifest);
    if (!IDENTITY.isLonger(run, manifest)) {
      IDENTITY.requireSame(run, manifest);
    }
    List<TrialResult> results = results(trials);
    return RunSupervisor.run(job, manifest, IDENTITY, held -> write(held, results));
  }

  // Finds wrong settings of any trial before the first one runs for minutes.
  private List<Trial> trials() {
    SearchSpace space = search.space().orElseGet(this::ofTables);
    return IntStream.range(0, search.trials())
        .mapToObj(number -> Trial.of(job.id(), number, space, job.settings()))
        .toList();
  }

  private SearchSpace ofTables() {
    if (!job.settings().config().getString(PRESET).equals("tabular")) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "search.space = auto is the space around the default network of tables, which these"
              + " settings do not use; name the settings to search, such as search.space {"
              + " network.optimizer.learning-rate = { from = 1e-4, to = 1e-2, scale = log } }");
    }
    return SearchSpace.ofTables();
  }

  private List<TrialResult> results(List<Trial> trials) {
    TrialResult first = runs.first(trials.get(0)); // to know what the search has gained
    if (!first.isValidated()) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "search compares trials on validation examples, and there are none; raise"
              + " data.validation-fraction");
    }
    List<Trial> left = trials;
    if (search.halving()) {
      for (double part : RUNGS) {
        left = better(left, part);
      }
    }
    List<Trial> last = left;
    return trials.stream()
        .map(trial -> last.contains(trial) ? runs.toEnd(trial) : runs.soFar(trial))
        .toList();
  }

  /** Returns the better half of the trials after a part of their epochs, and the first trial. */
  private List<Trial> better(List<Trial> trials, double part) {
    Map<Trial, Double> ranks =
        trials.stream()
            .collect(
                Collectors.toMap(
                    Function.identity(),
                    trial -> runs.to(trial, part).rank(runs.last(trial, part))));
    List<Trial> best =
        trials.stream()
            .sorted(Comparator.comparing(ranks::get)) // stable: the lower number of equal ones
            .limit((trials.size() + 1) / 2)
            .toList();
    return trials.stream().filter(trial -> trial.number() == 0 || best.contains(trial)).toList();
  }

  private Outcome write(RunDirectory run, List<TrialResult> results) {
    job.measurements()
        .nested(
            results.stream()
                .filter(result -> result.state() != TrialResult.State.STOPPED)
                .map(result -> job.runs().directory(result.trial().run()))
                .map(RunReport.NestedRun::of)
                .toList());
    TrialResult best =
        results.stream()
            .filter(result -> result.state() == TrialResult.State.FINISHED)
            .min(Comparator.comparingDouble(result -> result.rank(Integer.MAX_VALUE)))
            .orElseThrow(
                () ->
                    UserException.of(
                        ErrorCode.DIVERGED,
                        "all %s trials have diverged; choose lower learning rates",
                        results.size()));
    TrialResult.write(run, results);
    run.replace(BEST, out -> out.write(settings(best.trial()).getBytes(StandardCharsets.UTF_8)));
    return Outcome.done(message(results, best), details(run, best, results))
        .withNotes(notes(best))
        .withResult(
            new RunResult(
                Map.of(
                    "best_trial",
                    (double) best.trial().number(),
                    "validation_" + best.monitor().metric(),
                    best.value().orElseThrow()),
                Optional.empty()));
  }

  private String settings(Trial best) {
    Config changes = best.changes();
    if (changes.hasPath(HIDDEN_LAYERS)) { // which would choose another preset
      changes = changes.withValue(PRESET, job.settings().config().getValue(PRESET));
    }
    return "# The settings of trial %s of the search %s that differ from those of the search.\n"
            .formatted(best.number(), job.id())
        + changes
            .root()
            .render(ConfigRenderOptions.defaults().setOriginComments(false).setJson(false));
  }

  private static String message(List<TrialResult> results, TrialResult best) {
    TrialResult first = results.get(0);
    String metric = best.monitor().metric();
    String found =
        best.trial().number() == 0
            ? "none is better than the settings as they are, with a validation %s of %s"
                .formatted(metric, shown(first))
            : "trial %s has a validation %s of %s, the settings as they are %s"
                .formatted(best.trial().number(), metric, shown(best), shown(first));
    return "trained %s of %s trials to the end: %s"
        .formatted(
            results.stream().filter(each -> each.state() == TrialResult.State.FINISHED).count(),
            results.size(),
            found);
  }

  private static String shown(TrialResult result) {
    return result.value().map(ReadableNumber::fixed).orElse("none");
  }

  private List<String> details(RunDirectory run, TrialResult best, List<TrialResult> results) {
    String model = best.trial().run().value();
    return List.of(
        "best     %s: %s".formatted(model, best.trial().text()),
        "model    " + HadoopPaths.display(job.runs().directory(best.trial().run()).model()),
        "conf     %s/%s".formatted(run.display(), BEST),
        String.format(
            Locale.ROOT,
            "time     %.1f s in the epochs of %d trials",
            results.stream().mapToDouble(TrialResult::seconds).sum(),
            results.size()),
        "next     scripts/submit evaluate --model %1$s --run-id %1$s-test".formatted(model));
  }

  private static List<String> notes(TrialResult best) {
    return best.trial().number() == 0
        ? List.of()
        : List.of(
            "the best of many trials looks better on the validation examples than it is; judge it on"
                + " test examples");
  }
}
