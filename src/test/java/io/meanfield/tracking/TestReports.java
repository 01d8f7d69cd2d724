package io.meanfield.tracking;

import io.meanfield.error.ErrorCode;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunId;
import io.meanfield.store.RunResult;
import io.meanfield.store.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Reports of runs that took 90 seconds. */
public final class TestReports {
  public static final Instant STARTED = Instant.parse("2026-01-05T03:00:00Z");
  public static final Instant FINISHED = Instant.parse("2026-01-05T03:01:30Z");

  private TestReports() {}

  /** Returns the report of a run that succeeded. */
  public static RunReport succeeded(Measurements measurements) {
    return report(success(), measurements);
  }

  /** Returns the report of a run that failed. */
  public static RunReport failed(Measurements measurements) {
    Status status =
        Status.running(STARTED).failed(FINISHED, ErrorCode.DIVERGED, "epoch 2 has no finite loss");
    return report(status, measurements);
  }

  /** Returns the status of a run that trained. */
  public static Status success() {
    return Status.running(STARTED).succeeded(FINISHED, 0, "trained 2 epochs", RunResult.NONE);
  }

  private static RunReport report(Status status, Measurements measurements) {
    return RunReport.of(
        new RunId("nightly"), "/data/runs/nightly", manifest(), status, measurements);
  }

  /** Returns a manifest with settings, lists and what a run records besides. */
  public static Manifest manifest() {
    return Manifest.of(
        Map.of(
            "run_id",
            "nightly",
            "command",
            "retrain",
            "seed",
            777,
            "data",
            Map.of("train", Map.of("fingerprint", "ab12")),
            "requested",
            Map.of("train", Map.of("epochs", 2)),
            "settings",
            Map.of(
                "train",
                Map.of("epochs", 2),
                "network",
                Map.of("layers", List.of(Map.of("dense", 10))))));
  }
}
