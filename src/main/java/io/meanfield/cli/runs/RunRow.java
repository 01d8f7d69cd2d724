package io.meanfield.cli.runs;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.meanfield.cli.command.RunText;
import io.meanfield.pipeline.housekeeping.RunMetric;
import io.meanfield.pipeline.housekeeping.RunSummary;
import io.meanfield.pipeline.housekeeping.RunVersion;
import io.meanfield.store.RunHolder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A run in the list, for programs.
 *
 * @param holder the process that has taken its lease, if the run has not ended
 * @param metric the accuracy, else an error or a loss
 */
record RunRow(
    String runId,
    String command,
    RunSummary.State state,
    Optional<RunHolder> holder,
    Optional<RunMetric> metric,
    @JsonUnwrapped Times times,
    long bytes,
    List<RunVersion> versions) {

  /**
   * When the run was worked on.
   *
   * @param active when it ended, or was last worked on
   */
  record Times(
      Optional<Instant> started, Instant active, long ageSeconds, Optional<Long> durationSeconds) {}

  static final List<String> TITLES =
      List.of(
          "run", "command", "state", "result", "started", "age", "duration", "size", "versions");

  static RunRow of(RunSummary run, Instant now) {
    return new RunRow(
        run.id(),
        run.command(),
        run.state(),
        run.holder(),
        run.mainMetric(),
        new Times(
            run.started(),
            run.active(),
            run.age(now).toSeconds(),
            run.duration(now).map(Duration::toSeconds)),
        run.bytes(),
        run.versions());
  }

  /** Returns the cells of a run, for people. */
  static List<String> cells(RunSummary run, Instant now) {
    return List.of(
        run.id(),
        run.command(),
        RunText.state(run),
        run.mainMetric().map(RunText::metric).orElse(""),
        run.started().map(RunText::time).orElse(""),
        RunText.duration(run.age(now)),
        run.duration(now).map(RunText::duration).orElse(""),
        RunText.size(run.bytes()),
        run.versions().stream().map(RunVersion::display).collect(Collectors.joining(", ")));
  }
}
