package io.meanfield.reinforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.settings.SettingsTree;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlayMemoryTest {
  private static final long MIB = 1 << 20;

  private static PlayMemory of(String... assignments) {
    SettingsTree tree = SettingsTree.load(List.of(), List.of(assignments));
    return PlayMemory.of(ReinforceSettings.read(tree.section("reinforce")));
  }

  // A transition of cartpole has 2 * 4 + 3 numbers of 4 bytes.
  @Test
  void memoryHasTheRowsThatAreKept() {
    assertThat(of("reinforce { steps = 64000, workers = 3, buffer-size = 1000 }"))
        .isEqualTo(new PlayMemory(3, 44_000));
    assertThat(of("reinforce { steps = 64000, workers = 1, buffer-size = 10000000 }"))
        .isEqualTo(new PlayMemory(1, 44 * 64_000));
  }

  @Test
  void memoryThatFitsIsNoProblem() {
    assertThat(new PlayMemory(4, 100 * MIB).problems(1100 * MIB, 101 * MIB)).isEmpty();
  }

  @Test
  void memoryThatNoTaskCanCarryIsRefused() {
    assertThat(new PlayMemory(1, 128 * MIB).problems(4000 * MIB, 128 * MIB))
        .containsExactly(
            "the replay memory of a worker has 128 MiB, but a task may have only 128 MiB; lower"
                + " reinforce.buffer-size, or raise spark.rpc.message.maxSize");
  }

  @Test
  void memoriesThatTheDriverCannotKeepAreRefused() {
    assertThat(new PlayMemory(4, 100 * MIB).problems(1099 * MIB, Long.MAX_VALUE))
        .containsExactly(
            "the replay memories of all 4 workers have 400 MiB and need a heap of the driver of at"
                + " least 1100 MiB, but it has 1099 MiB; lower reinforce.buffer-size, or raise"
                + " --driver-memory (spark.driver.memory)");
  }

  @Test
  void memoriesThatNoFileCanHaveAreRefused() {
    assertThat(new PlayMemory(30, 100 * MIB).problems(Long.MAX_VALUE, Long.MAX_VALUE))
        .containsExactly(
            "the replay memories of all 30 workers have 3000 MiB, expected at most 2047 MiB, the"
                + " size of a file of an epoch; lower reinforce.buffer-size");
  }
}
