package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Continues a run of {@code play} in a real process that was killed with SIGKILL. */
@Tag("cluster")
class PlayResumeIT {
  private static final int EPOCHS = 12;

  @TempDir private Path runs;

  private Submit start(String id) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("play", "--conf", "jobs/lesson/dqn.conf", "--run-id", id));
    for (String assignment :
        List.of(
            "reinforce { steps = 1920, sync-frequency = 40, batch-size = 8, buffer-size = 100 }",
            "reinforce { learning-starts = 60, target-update = 80, evaluation.stop-at = none }",
            "reinforce.evaluation { frequency = 160, episodes = 4, test-episodes = 5 }",
            "run.keep-checkpoints = 1",
            "run.directory = \"" + runs + "\"")) {
      arguments.addAll(List.of("--set", assignment));
    }
    return Submit.startShort("local[2]", arguments.toArray(String[]::new));
  }

  private Submit.Finished finish(String id) throws Exception {
    try (Submit running = start(id)) {
      Submit.Finished finished = running.finish();
      assertThat(finished.exitCode()).as(finished.out() + finished.err()).isZero();
      return finished;
    }
  }

  @Test
  void killedRunHasTheWeightsOfAnUninterruptedOne() throws Exception {
    try (Submit running = start("killed")) {
      running.awaitLine(line -> line.startsWith("epoch   3/" + EPOCHS));
      running.kill();
    }
    Submit.Finished continued = finish("killed");
    assertThat(continued.out()).contains("epoch  12/12");
    assertThat(continued.weights()).isEqualTo(finish("whole").weights());
  }
}
