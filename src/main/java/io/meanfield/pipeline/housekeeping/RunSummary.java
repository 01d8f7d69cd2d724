package io.meanfield.pipeline.housekeeping;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.settings.SettingsTree;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunHolder;
import io.meanfield.store.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run as a list shows it.
 *
 * @param manifest without entries if it is deleted already
 * @param deleting whether its deletion has begun; the next deletion completes it
 * @param holder the process that has taken its lease, if the run has not ended
 * @param active when the run ended, or, as far as files tell it, was last worked on
 * @param bytes the size of all its files
 * @param versions the registered versions that it has trained
 */
public record RunSummary(
    RunDirectory directory,
    Manifest manifest,
    boolean deleting,
    Optional<Status> status,
    Optional<RunHolder> holder,
    Instant active,
    long bytes,
    List<RunVersion> versions) {

  /** The state of a run, from its status and its lease. */
  public enum State {
    /** A living process works on it. */
    RUNNING,
    SUCCEEDED,
    FAILED,
    /** A signal has ended it, or its process is dead; the same command continues it. */
    INTERRUPTED,
    DELETING
  }

  /**
   * Reads the files of a run.
   *
   * @throws UserException if they cannot be read, or if the directory holds no run
   */
  static RunSummary read(RunDirectory run, RegisteredRuns registered) {
    boolean deleting = run.isBeingDeleted();
    if (!deleting && !run.isRun()) {
      throw UserException.of(
          ErrorCode.WRONG_ARGUMENTS, "it is not a run: it has no %s", RunDirectory.MANIFEST);
    }
    Optional<Status> status = run.status();
    return new RunSummary(
        run,
        deleting && !run.exists(RunDirectory.MANIFEST) ? Manifest.of(Map.of()) : run.manifest(),
        deleting,
        status,
        status.flatMap(RunSummary::ofEnded).isPresent() ? Optional.empty() : RunHolder.of(run),
        status.flatMap(Status::finished).or(run::lastHeartbeat).orElse(Instant.EPOCH),
        run.size("."),
        registered.versions(run.id().value()));
  }

  public State state() {
    return deleting
        ? State.DELETING
        : status.flatMap(RunSummary::ofEnded).orElse(isAlive() ? State.RUNNING : State.INTERRUPTED);
  }

  /** Returns the state of a run that has ended; empty if its status does not say so. */
  private static Optional<State> ofEnded(Status status) {
    return switch (status.state()) {
      case RUNNING -> Optional.empty();
      case SUCCEEDED -> Optional.of(State.SUCCEEDED);
      case FAILED ->
          Optional.of(
              status.errorCode().filter(ErrorCode.INTERRUPTED::equals).isPresent()
                  ? State.INTERRUPTED
                  : State.FAILED);
    };
  }

  /** Returns whether a living process works on the run. */
  boolean isAlive() {
    return holder.filter(RunHolder::alive).isPresent();
  }

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
    Instant end = state() == State.RUNNING ? now : active;
    return started().map(start -> Duration.between(start, end));
  }

  public Map<String, Double> metrics() {
    return status.map(found -> found.result().metrics()).orElse(Map.of());
  }

  /** Returns the settings that are not the defaults, as settings files have them, by key. */
  public SortedMap<String, String> chosenSettings() {
    return manifest.section("settings").map(RunSummary::chosen).orElseGet(TreeMap::new);
  }

  /** Returns those of these settings that are not the defaults. */
  public static SortedMap<String, String> chosen(Config settings) {
    Config defaults = SettingsTree.overDefaults(ConfigFactory.empty()).config();
    SortedMap<String, String> chosen = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : settings.entrySet()) {
      String key = entry.getKey();
      if (!defaults.hasPath(key) || !defaults.getValue(key).equals(entry.getValue())) {
        chosen.put(key, entry.getValue().render(ConfigRenderOptions.concise()));
      }
    }
    return chosen;
  }

  /** Returns the metric by which people know the run: the accuracy, else an error or a loss. */
  public Optional<RunMetric> mainMetric() {
    return RunMetric.mainOf(metrics());
  }
}
