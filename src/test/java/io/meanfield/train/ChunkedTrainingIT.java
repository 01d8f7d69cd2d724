package io.meanfield.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.Dataset;
import io.meanfield.data.Split;
import io.meanfield.data.shard.Balance;
import io.meanfield.data.shard.ChunkSize;
import io.meanfield.data.shard.ClassWeights;
import io.meanfield.data.shard.ExampleTotals;
import io.meanfield.data.shard.ExampleWeights;
import io.meanfield.data.shard.Folds;
import io.meanfield.data.shard.Sharding;
import io.meanfield.data.source.ReadContext;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.Mnist;
import io.meanfield.network.Engine;
import io.meanfield.network.Model;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.train.checkpoint.CheckpointCodec;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.RDDInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Training on shards of several chunks. */
@Tag("cluster")
@Tag("promise")
class ChunkedTrainingIT {
  private static final int WORKERS = 3;
  private static final double VALIDATION = 0.3;
  private static final Placement EACH_ITS_TASK = Placement.TASK_FOR_EACH_GROUP;
  private static final Placement ONE_TASK = new Placement(2);
  // 796 bytes an image: shards of 467 training and 200 validation examples have five and two
  // chunks.
  private static final ChunkSize SMALL = ChunkSize.of(100 * 796);

  /** Records the scores of epochs. */
  private static final class Scores implements TrainingListener {
    private final int epochs;
    private final List<EpochResult.Scores> scores = new ArrayList<>();

    Scores(int epochs) {
      this.epochs = epochs;
    }

    @Override
    public void epochEnded(EpochResult epoch, Optional<TrainingState> state) {
      scores.add(epoch.scores());
    }

    @Override
    public boolean wantsAnotherEpoch() {
      return scores.size() < epochs;
    }
  }

  private record Trained(TrainingState state, List<EpochResult.Scores> scores, long diskBytes) {
    String bits() {
      return DigestUtils.sha256Hex(CheckpointCodec.toBytes(state)) + scores;
    }
  }

  private static Trained train(
      ChunkSize chunkSize,
      Placement placement,
      int perTask,
      int epochs,
      Optional<TrainingState> from) {
    JobSettings settings =
        JobSettings.load(
            List.of(),
            List.of(
                "network.input = [784]",
                "network.layers = [ { dense = 16, activation = relu }, { dropout = 0.2 },"
                    + " { dense = 10, activation = softmax } ]",
                "train { epochs = 2, batch-size = 20, sync-frequency = 5 }",
                "train { workers = " + WORKERS + ", workers-per-task = " + perTask + " }"));
    Dataset digits = Mnist.first(2_000).open(ReadContext.of(LocalSpark.context(), 10));
    long seed = settings.seed();
    Split split = Split.of(digits.count(), VALIDATION, WORKERS, seed);
    int perGroup = placement.shardsPerGroup(settings.train());
    TrainingData data =
        new TrainingData(
            split,
            sharding(digits, split, perGroup, chunkSize).training(),
            sharding(digits, split, perTask, chunkSize).validation(),
            ClassWeights.UNIFORM,
            placement);
    Model untrained = Model.untrained(settings.network(), seed).withEngine(Engine.TORCH);
    Scores scores = new Scores(epochs);
    TrainingState state =
        new Trainer(settings.train(), seed, List.of(scores))
            .train(
                untrained.network(),
                from.orElseGet(() -> TrainingState.initial(untrained.state())),
                data);
    long diskBytes =
        Arrays.stream(LocalSpark.context().sc().getRDDStorageInfo())
            .mapToLong(RDDInfo::diskSize)
            .sum();
    data.release();
    return new Trained(state, scores.scores, diskBytes);
  }

  private static Sharding sharding(Dataset data, Split split, int perGroup, ChunkSize chunkSize) {
    return new Sharding(
        data,
        split,
        Folds.of(data, split, ExampleTotals.of(data, split, Balance.NONE)),
        ExampleWeights.NONE,
        perGroup,
        chunkSize);
  }

  private static Trained train(ChunkSize chunkSize, Placement placement) {
    return train(chunkSize, placement, 1, 2, Optional.empty());
  }

  @Test
  void placementDoesNotChangeTheBitsAndChunksOnDiskDoNotEither() throws IOException {
    Trained expected = train(SMALL, EACH_ITS_TASK);
    assertThat(train(SMALL, ONE_TASK).bits()).isEqualTo(expected.bits());
    String groups = train(SMALL, EACH_ITS_TASK, 2, 2, Optional.empty()).bits();
    // A cache of about half a megabyte, and training images of a megabyte.
    Map<String, String> small =
        Map.of(
            "spark.memory.fraction",
            "0.0003",
            "spark.serializer",
            "org.apache.spark.serializer.KryoSerializer");
    try (SparkSession session = LocalSpark.on("local[2]", small)) {
      Trained onDisk = train(SMALL, EACH_ITS_TASK);
      assertThat(onDisk.diskBytes()).isPositive();
      assertThat(onDisk.bits()).isEqualTo(expected.bits());
      assertThat(train(SMALL, ONE_TASK).bits()).isEqualTo(expected.bits());
      assertThat(train(SMALL, EACH_ITS_TASK, 2, 2, Optional.empty()).bits()).isEqualTo(groups);
      assertThat(session.sparkContext().isLocal()).isTrue();
    }
  }

  @Test
  void chunkSizeChangesTheBitsOnlyIfAShardHasSeveralChunks() {
    String oneChunk = train(ChunkSize.DEFAULT, ONE_TASK).bits();
    assertThat(train(new ChunkSize(OptionalLong.empty()), ONE_TASK).bits()).isEqualTo(oneChunk);
    assertThat(train(ChunkSize.of(467 * 796), ONE_TASK).bits()).isEqualTo(oneChunk);
    assertThat(train(SMALL, ONE_TASK).bits()).isNotEqualTo(oneChunk);
  }
}
