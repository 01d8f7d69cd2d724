package io.meanfield.cli;

import com.typesafe.config.ConfigFactory;
import io.meanfield.store.Lease;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.RunResult;
import io.meanfield.store.Runs;
import io.meanfield.store.Status;
import io.meanfield.train.checkpoint.TestEpochs;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Creates runs in a folder, as jobs leave them. */
public final class FinishedRuns {
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Path folder;

  public FinishedRuns(Path folder) {
    this.folder = folder;
  }

  public Path path(String id) {
    return folder.resolve(id);
  }

  /**
   * Creates a run that no process has begun.
   *
   * @param manifest the entries of run.json in HOCON
   */
  public RunDirectory claim(String id, String manifest) {
    return new Runs(new Configuration(), folder.toString())
        .claim(
            new RunId(id),
            Manifest.of(ConfigFactory.parseString(manifest).resolve().root().unwrapped()));
  }

  /** Creates a run that has trained epochs with losses of {@code loss / epoch}, and succeeded. */
  public RunDirectory train(
      String id, String manifest, int epochs, double loss, Map<String, Double> metrics) {
    RunDirectory run = claim(id, manifest);
    try (Lease lease = Lease.take(run)) {
      TestEpochs.write(lease.run(), 1, epochs, loss);
      lease.run().write(succeeded(metrics));
    }
    return run;
  }

  /** Returns the status of a run that took ten seconds. */
  public static Status succeeded(Map<String, Double> metrics) {
    return Status.running(START)
        .succeeded(START.plusSeconds(10), 0, "trained", new RunResult(metrics, Optional.empty()));
  }

  public static void write(RunDirectory run, Status status) {
    try (Lease lease = Lease.take(run)) {
      lease.run().write(status);
    }
  }
}
