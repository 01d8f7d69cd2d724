package io.meanfield.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.store.file.Fence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunHolderTest {
  private static final String ELSEWHERE =
      "{ \"host\": \"another-host\", \"pid\": 7, \"process_started\": \"unknown\","
          + " \"process_token\": \"t\" }";

  @TempDir private Path folder;

  private RunDirectory claim(String id) {
    return new Runs(new Configuration(), folder.toString())
        .claim(new RunId(id), Manifest.of(Map.of()));
  }

  /** Creates a run that a process holds, whose last heartbeat is of some time ago. */
  private Optional<RunHolder> holder(String entry, Duration silence) throws IOException {
    RunDirectory run = claim("run");
    Path lease = Files.createDirectories(folder.resolve("run/lease"));
    Files.writeString(lease.resolve("000001.json"), entry);
    LeaseEntries.of(run.withFence(Fence.OPEN)).beat(1, 1);
    Files.setLastModifiedTime(
        lease.resolve("000001.heartbeat"), FileTime.from(Instant.now().minus(silence)));
    return RunHolder.of(run);
  }

  @Test
  void runThatNobodyHoldsHasNoHolder() {
    RunDirectory released = claim("released");
    Lease.take(released).close();
    assertThat(RunHolder.of(claim("new"))).isEmpty();
    assertThat(RunHolder.of(released)).isEmpty();
  }

  @Test
  void processOfThisHostIsKnownByItsId() {
    RunDirectory run = claim("run");
    try (Lease lease = Lease.take(run)) {
      lease.requireHeld();
      RunHolder holder = RunHolder.of(run).orElseThrow();
      assertThat(holder.alive()).isTrue();
      assertThat(holder.pid()).isEqualTo(ProcessHandle.current().pid());
    }
  }

  @Test
  void processOfAnotherHostIsAliveIfItsHeartbeatIsRecent() throws IOException {
    assertThat(holder(ELSEWHERE, Duration.ofSeconds(30)))
        .contains(new RunHolder("another-host", 7, true));
    assertThat(holder(ELSEWHERE, Duration.ofMinutes(3)))
        .contains(new RunHolder("another-host", 7, false));
  }

  @Test
  void holderOfADamagedEntryIsUnknownAndJudgedByItsHeartbeat() throws IOException {
    RunHolder holder = holder("{", Duration.ofMinutes(3)).orElseThrow();
    assertThat(holder.alive()).isFalse();
    assertThat(holder).hasToString("an unknown process");
  }
}
