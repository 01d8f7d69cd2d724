package io.meanfield.tracking;

import io.meanfield.error.ErrorCode;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.Status;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a run reports at its end; every sink reads it.
 *
 * @param directory the location of the run, for people
 * @param model the registered model that the run works on; empty if there is none
 * @param measurements one for each gauge and label
 * @param nested the runs that the run consists of, such as the trials of a search
 */
public record RunReport(
    RunId id,
    String directory,
    Manifest manifest,
    Optional<String> model,
    Status status,
    List<Measurement> measurements,
    List<EpochMeasurements> epochs,
    List<NestedRun> nested) {

  /** A run that has ended, and that is a part of another one. */
  public record NestedRun(RunId id, String directory) {
    /** Returns the nested run in a directory. */
    public static NestedRun of(RunDirectory run) {
      return new NestedRun(run.id(), run.display());
    }
  }

  /** Returns the report of a run that ends with a status. */
  public static RunReport of(RunDirectory run, Status status, Measurements measurements) {
    return of(run.id(), run.display(), run.manifest(), status, measurements);
  }

  static RunReport of(
      RunId id, String directory, Manifest manifest, Status status, Measurements measurements) {
    measurements.ended(status);
    return new RunReport(
        id,
        directory,
        manifest,
        measurements.model(),
        status,
        measurements.list(),
        measurements.epochs(),
        measurements.nested());
  }

  /** Returns the command of the run, such as {@code retrain}. */
  public String command() {
    return manifest.string("command").orElse("unknown");
  }

  /** Returns the version that the run has registered. */
  public OptionalInt registered() {
    return value(Gauge.VERSION);
  }

  /** Returns whether the registered version was the champion when the run ended. */
  public boolean isChampion() {
    return registered().isPresent() && registered().equals(value(Gauge.CHAMPION));
  }

  private OptionalInt value(Gauge gauge) {
    return measurements.stream()
        .filter(measurement -> measurement.gauge().equals(gauge))
        .mapToInt(measurement -> (int) measurement.value())
        .findFirst();
  }

  /** Returns whether the same command shall continue the run. */
  public boolean isInterrupted() {
    return status.errorCode().equals(Optional.of(ErrorCode.INTERRUPTED));
  }
}
