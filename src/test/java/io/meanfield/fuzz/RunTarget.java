package io.meanfield.fuzz;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.JobSettings;
import io.meanfield.pipeline.ModelSettings;
import io.meanfield.pipeline.housekeeping.RegisteredRuns;
import io.meanfield.pipeline.housekeeping.RunDetails;
import io.meanfield.pipeline.housekeeping.RunInventory;
import io.meanfield.pipeline.housekeeping.RunSummary;
import io.meanfield.registry.Registry;
import io.meanfield.store.FileContent;
import io.meanfield.store.Lease;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.RunResult;
import io.meanfield.store.Runs;
import io.meanfield.store.Status;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** A JSON file of a run that {@code runs list}, {@code runs show} and a job on its model read. */
final class RunTarget implements Target {
  private static final String RUN = "run";
  private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05Z");

  private final Path folder;
  private final Runs runs;
  private final Path file;
  private final List<byte[]> seeds;

  private RunTarget(Path folder, String name, boolean finished, List<byte[]> more) {
    this.folder = folder;
    this.runs = new Runs(new Configuration(), folder.resolve("runs").toString());
    RunDirectory run = runs.claim(new RunId(RUN), manifest("json", "train"));
    try (Lease lease = Lease.take(run)) {
      Status running = Status.running(STARTED);
      lease.run().write(finished ? succeeded() : running);
    }
    Path directory = folder.resolve("runs/" + RUN);
    if (!finished) {
      makeAbandoned(directory.resolve("lease").toFile());
    }
    this.file = directory.resolve(name);
    this.seeds = finished ? List.of(Fixtures.read(file), more.get(0)) : more;
    Fixtures.write(file, seeds.get(0));
  }

  static Target ofManifest(Path folder) {
    byte[] other = Fixtures.bytes(manifest("csv", "evaluate").content());
    return new RunTarget(folder, RunDirectory.MANIFEST, true, List.of(other));
  }

  static Target ofStatus(Path folder) {
    Status failed = Status.running(STARTED).failed(STARTED, ErrorCode.DIVERGED, "it diverged");
    return new RunTarget(
        folder, "status.json", true, List.of(Fixtures.bytes(FileContent.json(failed))));
  }

  static Target ofLease(Path folder) {
    List<byte[]> entries = Stream.of("node7", "node8").map(RunTarget::leaseOf).toList();
    return new RunTarget(folder, "lease/000001.json", false, entries);
  }

  private static byte[] leaseOf(String host) {
    return Fixtures.bytes(
        """
        {
          "host" : "%s",
          "pid" : 12,
          "process_started" : "2026-01-02T03:04:00Z",
          "taken" : "2026-01-02T03:04:05Z",
          "token" : "a"
        }
        """
            .formatted(host));
  }

  private static Manifest manifest(String name, String command) {
    JobSettings settings =
        JobSettings.load(List.of(), List.of("data.train.images = " + name, "network.input = [4]"));
    return Manifest.of(
        Map.of(
            "run_id",
            RUN,
            "command",
            command,
            "engine",
            "torch",
            "workers",
            2,
            "data",
            Map.of("train", Map.of("fingerprint", "f", "examples", 60)),
            "settings",
            settings.config().root().unwrapped()));
  }

  private static Status succeeded() {
    return Status.running(STARTED)
        .succeeded(
            STARTED.plusSeconds(60),
            0,
            "trained",
            new RunResult(Map.of("validation_accuracy", 0.75), Optional.of("ab12")));
  }

  // As if its process had been killed long ago: the lease is not released, and does not beat.
  private static void makeAbandoned(File lease) {
    WrongContent.unless(new File(lease, "000001.released").delete(), "the lease was not released");
    long dayAgo = Instant.now().minus(Duration.ofDays(1)).toEpochMilli();
    File heartbeat = new File(lease, "000001.heartbeat");
    if (!heartbeat.exists()) { // a lease that is closed at once may have none
      Fixtures.write(heartbeat.toPath(), "{\"beats\": 1}\n");
    }
    boolean aged = heartbeat.setLastModified(dayAgo);
    WrongContent.unless(aged, "the time of the heartbeat was not set");
  }

  @Override
  public Sample sample() {
    return new Sample(file, seeds);
  }

  @Override
  public boolean listsProblems() {
    return file.endsWith(RunDirectory.MANIFEST);
  }

  @Override
  public void read() {
    RunDirectory run = runs.find(new RunId(RUN)).orElseThrow();
    run.manifest();
    run.status();
    Registry registry = new Registry(runs.hadoop(), folder.resolve("models").toString());
    RunInventory inventory = RunInventory.read(run, RegisteredRuns.read(registry));
    inventory.runs().forEach(RunTarget::show);
    inventory.unreadable().forEach(RunTarget::refuse);
    ModelSettings.of(List.of(), List.of("run.directory = " + runs.directory()))
        .load(runs.hadoop(), RUN, List.of());
  }

  private static void show(RunSummary run) {
    RunDetails.of(run);
    run.command();
    run.accuracy();
    run.age(STARTED);
    run.duration(STARTED);
  }

  private static void refuse(io.meanfield.pipeline.housekeeping.UnreadableRun run) {
    throw new UserException(ErrorCode.STORE_UNREADABLE, run.reason());
  }
}
