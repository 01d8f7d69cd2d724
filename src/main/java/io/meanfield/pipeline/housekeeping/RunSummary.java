package io.meanfield.pipeline.housekeeping;

import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunHolder;
import io.meanfield.store.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run as a list shows it.
 *
 * @param manifest without entries if it is deleted already
 * @param holder the process that has taken its lease, if the run has not ended
 * @param active when the run ended, or, as far as files tell it, was last worked on
 * @param bytes the size of all its files
 * @param versions the registered versions that it has trained
 */
public record RunSummary(
    RunDirectory directory,
    Manifest manifest,
    RunState state,
    Optional<Status> status,
    Optional<RunHolder> holder,
    Instant active,
    long bytes,
    List<RunVersion> versions) {

  public String id() {
    return directory.id().value();
  }

  /** The command that began the run; empty if it is unknown. */
  public String command() {
    return manifest.string("command").orElse("");
  }

  /** When the newest attempt began; empty if none has. */
  public Optional<Instant> started() {
    return status.map(Status::started);
  }

  /** Returns the time since the run was active. */
  public Duration age(Instant now) {
    return Duration.between(active, now);
  }

  /** Returns how long the newest attempt took, until now if it is running. */
  public Optional<Duration> duration(Instant now) {
    Instant end = state == RunState.RUNNING ? now : active;
    return started().map(start -> Duration.between(start, end));
  }

  public Map<String, Double> metrics() {
    return status.map(found -> found.result().metrics()).orElse(Map.of());
  }

  /** Returns the metric by which people know the run: the accuracy, else an error or a loss. */
  public Optional<RunMetric> mainMetric() {
    return RunMetric.mainOf(metrics());
  }

  /** Returns the accuracy on test examples, else that on validation examples; empty for none. */
  public Optional<Double> accuracy() {
    return mainMetric().filter(RunMetric::isAccuracy).map(RunMetric::value);
  }
}
