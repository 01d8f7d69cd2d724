package io.meanfield.cli;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.retrain.RetrainJob;
import io.meanfield.pipeline.retrain.RetrainOptions;
import io.meanfield.pipeline.retrain.RetrainSettings;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.pipeline.train.Progress;
import io.meanfield.store.RunId;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "retrain",
    mixinStandardHelpOptions = true,
    description =
        "Train a challenger on new data, compare it with the champion of the registry, and promote"
            + " it if it is better. The same command continues a run that was interrupted.",
    footer = {
      "",
      "Example: scripts/submit retrain --conf jobs/mnist-retrain.conf --date today",
      "Exit codes: 0 promoted, 3 the data were refused, 99 no new data or not promoted;",
      "docs/troubleshooting.md tells what to do after each of them."
    })
final class RetrainCommand extends TrainingCommand {
  private static final String TODAY = "today";
  private static final String DATE = "--date";

  // Read once, so that the run and its id have the same date.
  private final LocalDate today = LocalDate.now(Clock.systemUTC());

  @Option(
      names = DATE,
      paramLabel = "DATE",
      description =
          "Logical date, such as 2026-01-05, or today (UTC): later data are left out. Default: the"
              + " run id if it is a date, else today. Without --run-id, the run is named"
              + " MODEL-DATE.")
  private String date;

  @Option(
      names = "--dry-run",
      description =
          "Train and decide, but register and promote nothing. The exit code says what"
              + " would happen.")
  private boolean dryRun;

  @Option(
      names = "--allow-backfill",
      description = "Let a run of an older date replace the champion of a newer one.")
  private boolean allowBackfill;

  @Override
  Outcome train(JobContext job, Progress shown) {
    RetrainOptions chosen = new RetrainOptions(date(job.id()), dryRun, allowBackfill);
    return new RetrainJob(job, chosen, shown).run();
  }

  /** Returns the id of the run, which a scheduler that passes only a date repeats. */
  @Override
  public RunId runId(JobSettings settings) {
    return options().hasRunId()
            || date == null
            || settings.get(RetrainSettings.class).model().isEmpty()
        ? options().runId()
        : new RunId(settings.get(RetrainSettings.class).modelName() + "-" + parse(date));
  }

  @Override
  public Map<String, String> fixedOptions(RunId id) {
    return Map.of(DATE, date(id).toString());
  }

  private LocalDate date(RunId id) {
    return date == null ? date(id.value()).orElse(today) : parse(date);
  }

  private LocalDate parse(String text) {
    return text.equals(TODAY)
        ? today
        : date(text)
            .orElseThrow(
                () ->
                    UserException.of(
                        ErrorCode.WRONG_ARGUMENTS,
                        "%s must be a date such as 2026-01-05, or today, found \"%s\"",
                        DATE,
                        text));
  }

  private static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeException notADate) {
      return Optional.empty();
    }
  }
}
