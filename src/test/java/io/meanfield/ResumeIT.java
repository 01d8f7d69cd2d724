package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs that are killed go on: real processes, a real SIGKILL. */
class ResumeIT {
  private static final int EPOCHS = 4;
  private static final int ROUNDS =
      7; // of 50 minibatches: 21,000 examples a worker are 329 minibatches

  @TempDir private static Path runs;

  private static String weights;

  private static Submit train(String id) throws Exception {
    return Submit.start(
        "local[2]",
        "train",
        "--conf",
        "jobs/mnist-train.conf",
        "--run-id",
        id,
        "--set",
        "train.epochs=" + EPOCHS,
        "--set",
        "train.outer-optimizer.name=nesterov", // its momentum must survive, too
        "--set",
        "run.directory=\"" + runs + "\"");
  }

  @BeforeAll
  static void trainUninterrupted() throws Exception {
    try (Submit whole = train("whole")) {
      weights = whole.finish().weights();
    }
  }

  /** Moments in the life of a run. */
  private enum Moment {
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
        running.awaitFile(run.resolve("checkpoints/epoch-000003.state"));
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

  @ParameterizedTest
  @EnumSource
  void killedRunEndsWithTheBitsOfAnUninterruptedOne(Moment moment) throws Exception {
    String id = "killed-" + moment.name().toLowerCase(java.util.Locale.ROOT);
    try (Submit running = train(id)) {
      moment.await(running, runs.resolve(id));
      running.kill();
    }
    try (Submit again = train(id)) {
      Submit.Finished finished = again.finish();
      assertThat(finished.exitCode()).as(finished.err()).isZero();
      assertThat(finished.weights()).isEqualTo(weights);
    }
    assertThat(runs.resolve(id).resolve("status.json")).content().contains("\"succeeded\"");
    Dataset<Row> epochs = table(id, "epochs");
    assertThat(epochs.count()).isEqualTo(EPOCHS);
    assertThat(epochs.select("epoch").distinct().count()).isEqualTo(EPOCHS);
    Dataset<Row> rounds = table(id, "rounds");
    assertThat(rounds.count()).isEqualTo(EPOCHS * ROUNDS * 2);
    assertThat(rounds.select("round", "worker").distinct().count()).isEqualTo(EPOCHS * ROUNDS * 2);
  }

  private static Dataset<Row> table(String run, String name) {
    return LocalSpark.session()
        .read()
        .parquet(runs.resolve(run).resolve("tables").resolve(name).toString());
  }

  @Test
  void secondProcessIsRefusedWhileTheFirstIsAtWork() throws Exception {
    try (Submit first = train("contested")) {
      first.awaitLine(line -> line.startsWith("epoch   1/"));
      try (Submit second = train("contested")) {
        Submit.Finished refused = second.finish();
        assertThat(refused.err())
            .startsWith("error: run contested belongs to another process: process ")
            .endsWith(" is at work on it; wait for it, or choose another --run-id\n")
            .hasLineCount(1);
        assertThat(refused.exitCode()).isEqualTo(4);
      }
      assertThat(first.finish().weights()).isEqualTo(weights);
    }
  }
}
