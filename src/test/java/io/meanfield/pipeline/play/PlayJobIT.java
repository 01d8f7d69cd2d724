package io.meanfield.pipeline.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.store.RunId;
import io.meanfield.store.table.Table;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plays a few hundred steps of cartpole with three workers, in this process. */
@Tag("cluster")
@Tag("promise")
class PlayJobIT {
  private static final TrainingListener NO_LISTENER = new TrainingListener() {};
  private static final int WORKERS = 3;

  @TempDir private static Path folder;

  private static String weightsOfWhole = "";

  private static JobSettings settings(String... more) {
    return JobSettings.load(
        List.of(),
        Stream.concat(
                Stream.of(
                    "run.directory=\"" + folder + "\"",
                    "network.layers = [ { dense = 16, activation = relu },"
                        + " { dense = 2, activation = linear } ]",
                    "network.loss = huber",
                    "reinforce { workers = 3, steps = 480, sync-frequency = 40, batch-size = 8 }",
                    "reinforce { buffer-size = 100, learning-starts = 60, target-update = 80 }",
                    "reinforce.exploration.steps = 200",
                    "reinforce.evaluation { frequency = 160, episodes = 4 }"),
                Arrays.stream(more))
            .toList());
  }

  private static PlayJob job(String id, TrainingListener listener, String... more) {
    return new PlayJob(TestJobs.context(settings(more), id), listener);
  }

  private static String play(String id, String... more) {
    return TestJobs.weights(job(id, NO_LISTENER, more).run());
  }

  /** Returns the weights of the run {@code whole}, which several tests compare with. */
  private static String whole() {
    if (weightsOfWhole.isEmpty()) {
      weightsOfWhole = play("whole");
    }
    return weightsOfWhole;
  }

  /** Plays until a round has ended, and fails there. */
  private static void failAfterRound(int number, String id) {
    assertThatThrownBy(() -> job(id, TestJobs.failingAfterRound(number)).run())
        .hasMessage("killed");
  }

  private static List<Row> table(String run, String name) {
    return Table.read(
        LocalSpark.session(),
        TestJobs.context(settings(), run).runs().find(new RunId(run)).orElseThrow(),
        name);
  }

  // The rows without the id of the run.
  private static List<String> rows(String run, String name) {
    return table(run, name).stream().map(row -> row.mkString(" ").substring(run.length())).toList();
  }

  @Test
  void continuedRunsHaveTheBitsAndTheEpisodesOfAnUninterruptedRun() throws IOException {
    String expected = whole();
    failAfterRound(9, "third-epoch");
    failAfterRound(10, "third-epoch");
    failAfterRound(7, "damaged");
    Path replay = folder.resolve("damaged/replay/epoch-000001.state");
    byte[] bytes = Files.readAllBytes(replay);
    bytes[bytes.length / 2] ^= 1;
    Files.write(replay, bytes);
    Files.deleteIfExists(replay.resolveSibling(".epoch-000001.state.crc"));
    List<String> events = new ArrayList<>();
    TrainingListener recorder =
        new TrainingListener() {
          @Override
          public void resumed(int epoch) {
            events.add("resumed after " + epoch);
          }

          @Override
          public void epochEnded(EpochResult epoch, Optional<TrainingState> state) {
            events.add("epoch " + epoch.epoch());
          }
        };
    for (String run : List.of("third-epoch", "damaged")) {
      assertThat(TestJobs.weights(job(run, recorder).run())).as(run).isEqualTo(expected);
      assertThat(rows(run, "episodes")).as(run).isEqualTo(rows("whole", "episodes"));
      assertThat(rows(run, "evaluations")).as(run).isEqualTo(rows("whole", "evaluations"));
    }
    assertThat(events)
        .containsExactly("resumed after 2", "epoch 3", "epoch 1", "epoch 2", "epoch 3");
    assertThat(job("whole", NO_LISTENER).run().message())
        .startsWith("run whole is finished already: played 3 epochs and kept the weights of epoch");
  }

  @Test
  void numberOfCoresChangesNoBit() {
    String expected = whole();
    SparkSession one = LocalSpark.on("local[1]", Map.of());
    try {
      assertThat(play("one-core")).isEqualTo(expected);
      assertThat(rows("one-core", "episodes")).isEqualTo(rows("whole", "episodes"));
    } finally {
      one.stop();
    }
  }

  @Test
  void tablesHaveEveryEpisodeRoundAndEvaluation() {
    whole();
    List<Row> episodes = table("whole", "episodes");
    for (int worker = 0; worker < WORKERS; worker++) {
      int number = worker;
      List<Row> own =
          episodes.stream().filter(row -> row.<Integer>getAs("worker") == number).toList();
      long steps = 0;
      for (int i = 0; i < own.size(); i++) {
        Row row = own.get(i);
        assertThat(row.<Integer>getAs("episode")).isEqualTo(i + 1);
        steps += row.<Integer>getAs("steps");
        assertThat(row.<Long>getAs("worker_step")).isEqualTo(steps);
        assertThat(row.<Double>getAs("return")).isEqualTo((double) row.<Integer>getAs("steps"));
        assertThat(row.<Double>getAs("epsilon"))
            .isCloseTo(Math.max(0.05, 1 - 0.95 * (steps - 1) / 200), within(1e-12));
      }
      assertThat(steps).isBetween(400L, 480L);
    }
    assertThat(table("whole", "evaluations")).hasSize(4);
    List<Row> rounds = table("whole", "rounds");
    assertThat(rounds).hasSize(WORKERS * 12);
    // The first gradient step follows step 61 of 480; each has 8 transitions.
    assertThat(rounds.stream().mapToLong(row -> row.getAs("examples")).sum())
        .isEqualTo(WORKERS * 420L * 8);
    assertThat(table("whole", "epochs")).hasSize(3);
  }

  @Test
  void reachedReturnEndsTraining() {
    assertThat(job("enough", NO_LISTENER, "reinforce.evaluation.stop-at = 1").run().message())
        .startsWith("played 1 epoch and kept the weights of epoch 1, the best: mean return ");
  }

  @Test
  void networkThatDoesNotFitIsRefusedBeforeARunExists() {
    assertThatThrownBy(() -> job("wrong", NO_LISTENER, "network.input = [5]").run())
        .hasMessage(
            "network.input must be [4], the numbers of an observation, found [5]"
                + " (the environment cartpole)");
    assertThat(folder.resolve("wrong")).doesNotExist();
  }

  @Test
  void scheduleWithoutALengthIsRefusedBeforeARunExists() {
    assertThatThrownBy(
            () -> job("endless", NO_LISTENER, "network.optimizer.schedule.name = cosine").run())
        .hasMessage(
            "play has no epochs that determine the length of the schedule; set"
                + " network.optimizer.schedule.decay-steps to a number of gradient steps");
    assertThat(folder.resolve("endless")).doesNotExist();
  }
}
