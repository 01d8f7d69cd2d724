package io.meanfield.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.engine.Learners;
import io.meanfield.learner.Device;
import io.meanfield.learner.Minibatch;
import io.meanfield.learner.StepResult;
import io.meanfield.network.Engine;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.settings.LocalSettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares the lesson's jobs on logic gates with the best linear fits, on the learner that runs
 * them.
 */
class LogicGatesTest {
  private static final Path JOBS = Path.of("jobs/lesson");
  private static final int SEEDS = 2;

  private static Minibatch gate(String name) throws IOException {
    List<String> rows = Files.readAllLines(JOBS.resolve("data/" + name + ".csv"));
    Minibatch batch = new Minibatch(4, 2, 1);
    batch.reset(4, 0);
    for (int row = 0; row < 4; row++) {
      String[] cells = rows.get(row + 1).split(",", -1);
      batch.features()[2 * row] = Float.parseFloat(cells[0]);
      batch.features()[2 * row + 1] = Float.parseFloat(cells[1]);
      batch.label(row, Integer.parseInt(cells[2]));
    }
    return batch;
  }

  /**
   * Returns the loss and the number of correct rows after some epochs, each of one step on all four
   * rows.
   */
  private static StepResult after(int epochs, String job, String gate, long seed)
      throws IOException {
    Minibatch batch = gate(gate);
    NetworkSettings network =
        JobSettings.load(
                List.of(new LocalSettingsFile(JOBS.resolve(job + ".conf"))),
                List.of("network.input=[2]"))
            .network();
    return Learners.withLearner(
        new EngineNetwork(network, Engine.TORCH),
        Device.CPU,
        learner -> {
          learner.restore(Model.untrained(network, seed).state());
          IntStream.range(0, epochs).forEach(epoch -> learner.fit(batch));
          return learner.fit(batch);
        });
  }

  private static double mse(StepResult result) {
    return result.lossSum() / 4;
  }

  // The best linear fits: for OR and NAND the residual of y on 1, x1, x2 is (1, -1, -1, 1) / 4,
  // except for its sign, so their mse is 1 / 16. XOR has no linear component, so its mse is the
  // variance, 1 / 4.
  @ParameterizedTest
  @CsvSource({"or, 0.0625", "nand, 0.0625", "xor, 0.25"})
  void oneLayerApproachesTheBestLinearFitFromAbove(String gate, double best) throws IOException {
    for (int seed = 1; seed <= SEEDS; seed++) {
      String job = "perceptron-" + gate;
      assertThat(mse(after(500, job, gate, seed))).isBetween(best - 1e-6, best + 0.06);
      assertThat(mse(after(5_000, job, gate, seed))).isBetween(best - 1e-6, best + 0.001);
    }
  }

  @ParameterizedTest
  @CsvSource({"or", "nand"})
  void oneLayerSeparatesOrAndNand(String gate) throws IOException {
    for (int seed = 1; seed <= SEEDS; seed++) {
      assertThat(after(500, "perceptron-" + gate, gate, seed).correct()).isEqualTo(4);
    }
  }

  @Test
  void oneLayerNeverSeparatesXor() throws IOException {
    for (int seed = 1; seed <= SEEDS; seed++) {
      assertThat(after(500, "perceptron-xor", "xor", seed).correct()).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void hiddenLayerSeparatesXor() throws IOException {
    for (int seed = 1; seed <= SEEDS; seed++) {
      assertThat(after(500, "mlp-xor", "xor", seed).correct()).as("seed " + seed).isEqualTo(4);
    }
  }
}
