package io.meanfield.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.batch.MemoryLimit;
import io.meanfield.pipeline.settings.JobSettings;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TrainingMemoryTest {
  private static final long MIB = 1L << 20;
  private static final long LIBRARIES = 128 * MIB;
  private static final long WEIGHTS = 784 * 10 + 10;

  private static TrainingMemory of(long count, String assignment) {
    JobSettings settings =
        JobSettings.load(
            List.of(),
            List.of(
                "network { input = [784], layers = [{ dense = 10, activation = softmax }] }",
                "train { workers = 4, batch-size = 100 }",
                assignment));
    return TrainingMemory.of(
        settings.network(),
        settings.train(),
        new TrainingMemory.Shards(count / 4, 2000, settings.train().groupSize()));
  }

  private static MemoryLimit limit(long heap, long outside) {
    return new MemoryLimit(heap * MIB, OptionalLong.of(outside * MIB));
  }

  @Test
  void needFollowsFromTheSizesOfNetworkAndShards() {
    // Adam has two numbers for each weight, sgd none.
    assertThat(of(8000, "train.workers-per-task = 1"))
        .isEqualTo(
            new TrainingMemory(
                2000 * (784 + 8), 4 * 4 * WEIGHTS, LIBRARIES + 4 * 4 * WEIGHTS + 4 * 100 * 784));
    assertThat(of(8000, "network.optimizer.name = sgd").state()).isEqualTo(4 * 2 * WEIGHTS);
    assertThat(of(8000, "train.workers-per-task = 3").examples()).isEqualTo(3 * 2000 * (784 + 8));
    // The results of three workers, one of which is trained at a time.
    assertThat(of(8000, "train.workers-per-task = 3").state()).isEqualTo(4 * (1 + 3 * 3) * WEIGHTS);
    assertThat(of(8000, "train.workers-per-task = 3").outside())
        .isEqualTo(of(8000, "train.workers-per-task = 1").outside());
    assertThat(of(8000, "train.workers-per-task = 9").state()).isEqualTo(4 * (1 + 4 * 3) * WEIGHTS);
    assertThat(of(8000, "train.workers-per-task = 9").examples()).isEqualTo(8000 * (784 + 8));
    assertThat(of(40, "train.workers-per-task = 1").outside())
        .isEqualTo(LIBRARIES + 4 * 4 * WEIGHTS + 4 * 10 * 784);
  }

  @Test
  void taskHoldsTheChunksInUseAndTheNextOne() {
    assertThat(new TrainingMemory.Shards(2000, 2000, 3).held()).isEqualTo(3 * 2000);
    // Two chunks of 1001 examples instead of one of 2000 and one of 2.
    assertThat(new TrainingMemory.Shards(2002, 2000, 3).held()).isEqualTo(4 * 1001);
    assertThat(new TrainingMemory.Shards(4_000_000_000L, 1_000_000, 2).held())
        .isEqualTo(3 * 1_000_000);
    assertThat(new TrainingMemory.Shards(0, 2000, 2).held()).isZero();
  }

  @Test
  void roomIsLeftIfHalfOfTheHeapAndTheMemoryOutsideSuffice() {
    TrainingMemory need = new TrainingMemory(100 * MIB, 112 * MIB, LIBRARIES + 50 * MIB);
    assertThat(need.leavesRoom(limit(424, 178), 1, 0, 1)).isTrue();
    assertThat(need.leavesRoom(limit(422, 178), 1, 0, 1)).isFalse();
    assertThat(need.leavesRoom(limit(424, 177), 1, 0, 1)).isFalse();
    // Another thread has a learner of its own.
    assertThat(need.leavesRoom(limit(424, 228), 1, 0, 2)).isTrue();
    assertThat(need.leavesRoom(limit(424, 227), 1, 0, 2)).isFalse();
    // 10 MiB of momentum, three times.
    assertThat(need.leavesRoom(limit(484, 178), 1, 10 * MIB, 1)).isTrue();
    assertThat(need.leavesRoom(limit(482, 178), 1, 10 * MIB, 1)).isFalse();
    // Numbers of four bytes instead of images.
    assertThat(need.leavesRoom(limit(1023, 178), 4, 0, 1)).isFalse();
    assertThat(need.leavesRoom(new MemoryLimit(1024 * MIB, OptionalLong.empty()), 4, 0, 9))
        .isTrue();
  }
}
