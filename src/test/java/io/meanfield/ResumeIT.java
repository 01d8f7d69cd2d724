package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Resumes runs of real processes that were killed with SIGKILL. {@link KillRecoveryIT} kills at
 * more steps.
 */
class ResumeIT {
  @TempDir private static Path runs;

  private final ProcessTrainingFixture training = new ProcessTrainingFixture(runs);

  /** The steps at which a run is killed. */
  private enum KillPoint {
    BEFORE_IT_IS_CLAIMED {
      @Override
      void await(Submit running, Path run) throws Exception {
        running.awaitLine(line -> line.startsWith("run "));
      }
    },
    WHEN_IT_IS_CLAIMED {
      @Override
      void await(Submit running, Path run) {
        running.awaitFile(run.resolve("run.json"));
      }
    },
    AFTER_THE_FIRST_EPOCH {
      @Override
      void await(Submit running, Path run) throws Exception {
        running.awaitLine(line -> line.startsWith("epoch   1/"));
      }
    },
    WHILE_A_CHECKPOINT_IS_WRITTEN {
      @Override
      void await(Submit running, Path run) {
        running.awaitFile(run.resolve("checkpoints/epoch-000002.state"));
      }
    },
    WHILE_THE_MODEL_IS_WRITTEN {
      @Override
      void await(Submit running, Path run) {
        running.awaitFile(run.resolve("model.zip"));
      }
    };

    abstract void await(Submit running, Path run) throws Exception;
  }

  @Test
  void runThatIsKilledAfterAnEpochCompletesBitIdenticalToAnUninterruptedRun() throws Exception {
    assertKilledRunCompletes(KillPoint.AFTER_THE_FIRST_EPOCH);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AFTER_THE_FIRST_EPOCH")
  @Tag("cluster")
  void runThatIsKilledAtAnotherStepCompletesBitIdentical(KillPoint killPoint) throws Exception {
    assertKilledRunCompletes(killPoint);
  }

  private void assertKilledRunCompletes(KillPoint killPoint) throws Exception {
    String id = "killed-" + killPoint.name().toLowerCase(java.util.Locale.ROOT);
    try (Submit running = training.start(id)) {
      killPoint.await(running, training.directory(id));
      running.kill();
    }
    training.assertRerunCompletes(id);
  }

  @Test
  void secondProcessIsRefusedWhileTheFirstIsRunning() throws Exception {
    String longer = "train.epochs=10000";
    // On one core, which leaves the other one to the second process.
    try (Submit first = training.startOn("local[1]", "contested", "--set", longer)) {
      first.awaitLine(line -> line.startsWith("epoch   1/"));
      try (Submit second = training.start("contested", "--set", longer)) {
        Submit.Finished refused = second.finish();
        assertThat(refused.err())
            .startsWith("error: run contested belongs to another process: process ")
            .endsWith(" is working on it; wait for it, or choose another --run-id\n")
            .hasLineCount(1);
        assertThat(refused.exitCode()).isEqualTo(4);
      }
      first.kill(); // fails if the first process has already ended
    }
  }
}
