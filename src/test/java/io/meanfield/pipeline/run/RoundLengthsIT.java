package io.meanfield.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.Mnist;
import io.meanfield.pipeline.train.TrainJob;
import io.meanfield.train.history.TrainingListener;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The quadratic synchronization rule and the divergence of workers, on the first 600 MNIST digits:
 * 420 training examples, 21 minibatches for each of two workers.
 */
class RoundLengthsIT {
  private static final int DIGITS = 600;
  private static final TrainingListener NO_LISTENER = new TrainingListener() {};

  @TempDir private static Path folder;

  private static Outcome train(String id, TrainingListener listener, String... more) {
    List<String> assignments =
        Stream.concat(
                Stream.of(
                    "run.page=none",
                    "run.directory=\"" + folder + "\"",
                    Mnist.setting("train", Mnist.first(DIGITS)),
                    "data.validation-fraction = 0.3",
                    "train { epochs = 3, batch-size = 10, sync-frequency = 10 }"),
                Arrays.stream(more))
            .toList();
    JobSettings settings = JobSettings.load(List.of(), assignments);
    return new TrainJob(
            TestJobs.context(settings, id), new TrainJob.Options(false, Optional.empty()), listener)
        .run();
  }

  private static List<Row> table(String run, String name, String order) {
    return TestJobs.table(folder, run, name).orderBy(order).collectAsList();
  }

  private static <T> List<T> column(List<Row> rows, String name) {
    return rows.stream().map(row -> row.<T>getAs(name)).toList();
  }

  /** A period is 4 minibatches in epoch 1, then 9 and 22: 6, 3 and 1 rounds of 21 minibatches. */
  @Test
  void runThatIsResumedInTheThirdEpochHasTheSameBits() {
    String[] settings = {
      "train.sync-frequency { qsr = 0.002, at-least = 4 }",
      "network.optimizer.schedule { name = step, decay-steps = 21, decay-rate = 0.65 }"
    };
    String killed = "killed";
    Outcome whole = train("whole", NO_LISTENER, settings);
    assertThatThrownBy(() -> train(killed, TestJobs.failingAfterRound(10), settings))
        .hasMessage("killed");
    assertThat(TestJobs.weights(train(killed, NO_LISTENER, settings)))
        .isEqualTo(TestJobs.weights(whole));
    assertThat(RoundLengthsIT.<Integer>column(table(killed, "rounds", "round"), "round"))
        .isEqualTo(IntStream.rangeClosed(1, 10).boxed().flatMap(n -> Stream.of(n, n)).toList());
  }

  @Test
  void plainRunHasADivergenceForEveryWorker() {
    train("plain", NO_LISTENER, "train.epochs = 1");
    List<Double> divergences = column(table("plain", "rounds", "round"), "divergence");
    assertThat(divergences).hasSize(6);
    for (int round = 0; round < divergences.size(); round += 2) {
      // Two workers with equal numbers of examples are equally far from their mean.
      double one = divergences.get(round);
      assertThat(one).isGreaterThan(0).isCloseTo(divergences.get(round + 1), within(1e-4 * one));
    }
  }
}
