package io.meanfield.train.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.idx.IdxFixtures;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.Submit;
import java.nio.file.Path;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains a model whose copies together exceed the driver's memory, on real executors. */
@Tag("cluster")
class LargeModelIT {
  private static final int WORKERS = 16;
  private static final int EXAMPLES = WORKERS * 20;
  private static final int WEIGHTS = (784 + 1) * 5200 + (5200 + 1) * 4020 + (4020 + 1) * 10;

  @TempDir private static Path folder;

  @Test
  void sixteenWorkersWithTwentyFiveMillionWeightsFitADriverOfTwoGigabytes() throws Exception {
    byte[] pixels = new byte[EXAMPLES * 784];
    byte[] labels = new byte[EXAMPLES];
    new Random(1).nextBytes(pixels);
    for (int i = 0; i < EXAMPLES; i++) {
      labels[i] = (byte) (i % 10);
    }
    String images = IdxFixtures.write(folder, "images", IdxFixtures.idx(pixels, EXAMPLES, 28, 28));
    String classes = IdxFixtures.write(folder, "labels", IdxFixtures.idx(labels, EXAMPLES));
    Submit.Finished finished =
        Submit.run(
            "local-cluster[2,1,3072] --driver-memory 2g --conf spark.executor.memory=3g",
            "train",
            "--run-id",
            "large",
            "--set",
            "run.directory=\"" + folder + "\"",
            "--set",
            "data.train={images=\"" + images + "\",labels=\"" + classes + "\"}",
            "--set",
            "data.validation-fraction=0",
            "--set",
            "network.layers=[{dense=5200,activation=relu},{dense=4020,activation=relu},{dense=10,activation=softmax}]",
            "--set",
            "network.optimizer={name=sgd,learning-rate=0.01}",
            "--set",
            "train={epochs=2,workers=16,batch-size=10,sync-frequency=1}");
    assertThat(finished.exitCode()).as(finished.out() + finished.err()).isZero();
    assertThat(WEIGHTS).isGreaterThan(25_000_000);
    assertThat(finished.out()).contains("weights  " + WEIGHTS + ", sha256 ");
    Row rounds =
        LocalSpark.session()
            .read()
            .parquet(folder.resolve("large/tables/rounds").toString())
            .selectExpr("count(*)", "sum(examples)", "min(bytes_out)", "max(bytes_out)")
            .first();
    assertThat(rounds.getLong(0)).isEqualTo(2 * 2 * WORKERS);
    assertThat(rounds.getLong(1)).isEqualTo(2 * EXAMPLES);
    // The workers of a round send 1.6 GB; the driver could not hold this as bytes and as floats.
    assertThat(rounds.getLong(2)).isEqualTo(rounds.getLong(3)).isEqualTo(4L * WEIGHTS);
  }
}
