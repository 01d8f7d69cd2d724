package io.meanfield.fuzz;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;

/** The lease of a run that two threads want to take at once, beside files of other processes. */
final class LeaseTarget implements Target {
  // A holder without a heartbeat is dead after the first one; one with a heartbeat is found alive
  // before the second one ends, also if others use all cores.
  private static final Duration SILENT = Duration.ofMillis(20);
  private static final Duration BEATING = Duration.ofSeconds(6);
  private static final String ENTRY =
      """
      === 000001.json
      { "host" : "node7", "pid" : 12, "process_started" : "2026-01-02T03:04:00Z" }
      === 000001.released
      { "released" : true }
      === 000002.json
      {
        "host" : "%s",
        "pid" : @pid@,
        "process_started" : "2026-01-02T03:04:00Z",
        "process_token" : "b0a1",
        "linux" : {
          "boot_id" : "@boot_id@",
          "namespaces" : "@namespaces@",
          "start_ticks" : %s
        },
        "taken" : "2026-01-02T03:04:05Z",
        "token" : "a"
      }
      === 000002.heartbeat%s
      { "beats" : 3 }
      """;
  private static final String RELEASE = "=== 000002.released\n{ \"released\" : true }\n";
  private static final String DEAD = ENTRY.formatted("@host@", "1", "");
  private static final String LIVING = ENTRY.formatted("@host@", "@start_ticks@", "");
  private static final String DISTANT = ENTRY.formatted("node8", "5", " beats");
  private static final String SILENT_DISTANT = ENTRY.formatted("node8", "5", "");

  private final RunDirectory run;
  private final Path lease;
  private final Path file;
  private final List<byte[]> seeds =
      List.of(DEAD, LIVING, DISTANT, SILENT_DISTANT, LIVING + RELEASE).stream()
          .map(Fixtures::bytes)
          .toList();
  private final String living = LeaseFiles.parse(Fixtures.bytes(LIVING)).entry().orElseThrow();

  LeaseTarget(Path folder) {
    this.run =
        new Runs(new Configuration(), folder.resolve("runs").toString())
            .claim(new RunId("run"), Manifest.of(Map.of()));
    this.lease = folder.resolve("runs/run/lease");
    this.file = Fixtures.write(folder.resolve("lease.txt"), seeds.get(0));
  }

  @Override
  public Sample sample() {
    return new Sample(file, seeds);
  }

  // Which other files there may be, no message tells.
  @Override
  public String name() {
    return "run run";
  }

  @Override
  public void read() throws IOException, InterruptedException {
    LeaseFiles files = LeaseFiles.parse(Fixtures.read(file));
    files.writeTo(lease);
    Set<Thread> others = LeaseRace.heartbeats();
    try (Heartbeats heartbeats = new Heartbeats(lease, files.beating())) {
      heartbeats.begin();
      try (LeaseRace race = LeaseRace.run(run, files.beats() ? BEATING : SILENT)) {
        check(files, race);
      }
    } finally {
      LeaseRace.awaitHeartbeats(others);
      FileUtils.deleteDirectory(lease.toFile());
    }
  }

  private void check(LeaseFiles files, LeaseRace race) {
    LeaseRule rule = new LeaseRule(files, living);
    WrongContent.unless(!race.isTaken() || !rule.forbids(), "a living process has lost its lease");
    WrongContent.unless(
        race.isTaken() || !rule.permits(), "the lease of a dead process is refused");
    requireUnchanged(files);
    if (!race.isTaken()) {
      throw refused(race.refusal());
    }
    race.requireWinner(SILENT);
    Fixtures.write(lease.resolve(LeaseFiles.name(newest(), "json")), files.entry().orElse(""));
    race.requireOneHolder(SILENT);
  }

  // A living holder is no damage, but the message is the same for both.
  private static UserException refused(UserException refusal) {
    return refusal.code() == ErrorCode.RUN_BUSY
        ? new UserException(ErrorCode.STORE_UNREADABLE, refusal.getMessage())
        : refusal;
  }

  private long newest() {
    return LeaseFiles.newest(List.of(lease.toFile().list()));
  }

  /** Checks that the files of other holders are what they were. */
  private void requireUnchanged(LeaseFiles files) {
    Map<Path, byte[]> now = Snapshot.of(lease).files();
    String own = LeaseFiles.name(newest(), "heartbeat");
    files
        .contents()
        .forEach(
            (name, content) ->
                WrongContent.unless(
                    files.beating().contains(name)
                        || name.equals(own)
                        || Arrays.equals(now.get(lease.resolve(name)), LeaseFiles.bytes(content)),
                    "taking the lease changed " + name));
  }
}
