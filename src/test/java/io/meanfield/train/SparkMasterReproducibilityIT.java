package io.meanfield.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.shard.ShardGroup;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.StandaloneCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.TaskContext;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training gives the same bits on any Spark master and after failed or speculative tasks. */
@Tag("cluster")
class SparkMasterReproducibilityIT {
  private static final InProcessTrainingFixture TWO_WORKERS = new InProcessTrainingFixture(2, 1);
  private static final InProcessTrainingFixture FIVE_WORKERS = new InProcessTrainingFixture(5, 1);
  private static final InProcessTrainingFixture GROUPS_OF_TWO = new InProcessTrainingFixture(4, 2);
  private static final InProcessTrainingFixture UNEVEN_GROUPS = new InProcessTrainingFixture(5, 2);

  private static final InProcessTrainingFixture FOLDS = InProcessTrainingFixture.ofFolds(3);

  @TempDir private static Path folder;

  /** The results of the shared session, whose master is local[2]. */
  private static final class ReferenceHash {
    static final String TWO_WORKERS =
        SparkMasterReproducibilityIT.TWO_WORKERS.bits(LocalSpark.session());
    static final String FIVE_WORKERS =
        SparkMasterReproducibilityIT.FIVE_WORKERS.bits(LocalSpark.session());
    static final String GROUPS_OF_TWO =
        SparkMasterReproducibilityIT.GROUPS_OF_TWO.bits(LocalSpark.session());
    static final String UNEVEN_GROUPS =
        SparkMasterReproducibilityIT.UNEVEN_GROUPS.bits(LocalSpark.session());
  }

  @Test
  @Tag("promise")
  void oneCoreWithKryoGivesTheBitsOfTwoCores() throws IOException {
    Map<String, String> kryo = Map.of("spark.serializer", KryoSerializer.class.getName());
    try (SparkSession one = LocalSpark.on("local[1]", kryo)) {
      assertThat(FIVE_WORKERS.bits(one)).isEqualTo(ReferenceHash.FIVE_WORKERS);
      assertThat(GROUPS_OF_TWO.bits(one)).isEqualTo(ReferenceHash.GROUPS_OF_TWO);
      assertThat(UNEVEN_GROUPS.bits(one)).isEqualTo(ReferenceHash.UNEVEN_GROUPS);
      assertThat(FIVE_WORKERS.inOneTask(1).bits(one)).isEqualTo(ReferenceHash.FIVE_WORKERS);
    }
  }

  @Test
  @Tag("promise")
  void parallelWorkersInATaskGiveTheBitsOfSequentialWorkers() throws IOException {
    String sequential = ReferenceHash.GROUPS_OF_TWO;
    try (SparkSession two = LocalSpark.on("local[2]", Map.of("spark.task.cpus", "2"))) {
      assertThat(GROUPS_OF_TWO.bits(two)).isEqualTo(sequential);
      assertThat(UNEVEN_GROUPS.bits(two)).isEqualTo(ReferenceHash.UNEVEN_GROUPS);
    }
  }

  @Test
  @Tag("promise")
  void tasksThatFailOnceGiveTheBitsOfTasksThatDoNot() throws IOException {
    String expected = ReferenceHash.TWO_WORKERS;
    TaskCounts counts = new TaskCounts();
    try (SparkSession retrying = LocalSpark.on("local[2,4]", Map.of())) {
      retrying.sparkContext().addSparkListener(counts);
      assertThat(TWO_WORKERS.bits(retrying, groups -> loseFirstAttempt(groups, 1)))
          .isEqualTo(expected);
      assertThat(TWO_WORKERS.inOneTask(2).bits(retrying, groups -> loseFirstAttempt(groups, 0)))
          .isEqualTo(expected);
    }
    // A job of one task trains a round or more.
    assertThat(counts.failed()).isBetween(TWO_WORKERS.rounds() + 1, 2 * TWO_WORKERS.rounds());
  }

  /**
   * Fails the first attempt of a task after it has trained, so that the executor's pooled network
   * has changed.
   */
  private static Iterator<ShardGroup> loseFirstAttempt(Iterator<ShardGroup> groups, int partition) {
    return new TrainedGroups(
        groups,
        () -> {
          if (TaskContext.getPartitionId() == partition && TaskContext.get().attemptNumber() == 0) {
            throw new IllegalStateException("lost on purpose");
          }
        });
  }

  @Test
  void speculativeCopyOfATaskGivesTheBitsOfTheTask() throws Exception {
    String expected = ReferenceHash.TWO_WORKERS;
    TaskCounts counts = new TaskCounts();
    String copied = folder.resolve("copied").toString();
    try (StandaloneCluster cluster = StandaloneCluster.start();
        SparkSession speculating = LocalSpark.on(cluster.master(), cluster.conf(SPECULATION))) {
      speculating.sparkContext().addSparkListener(counts);
      assertThat(TWO_WORKERS.bits(speculating, groups -> straggle(groups, copied)))
          .isEqualTo(expected);
    }
    assertThat(counts.speculativeThatWon()).isPositive();
  }

  @Test
  void twoExecutorsGiveTheBitsOfALocalMasterInBothPlacements() throws Exception {
    String expected = ReferenceHash.FIVE_WORKERS;
    try (StandaloneCluster cluster = StandaloneCluster.start();
        SparkSession distributed = LocalSpark.on(cluster.master(), cluster.conf(Map.of()))) {
      assertThat(FIVE_WORKERS.bits(distributed)).isEqualTo(expected);
      assertThat(FIVE_WORKERS.inOneTask(2).bits(distributed)).isEqualTo(expected);
    }
  }

  @Test
  @Tag("promise")
  void membersOnTwoExecutorsGiveTheBitsOfOneTask() throws Exception {
    String expected = FOLDS.inOneTask(2).bits(LocalSpark.session());
    TaskCounts counts = new TaskCounts();
    try (StandaloneCluster cluster = StandaloneCluster.start();
        SparkSession distributed = LocalSpark.on(cluster.master(), cluster.conf(Map.of()))) {
      distributed.sparkContext().addSparkListener(counts);
      assertThat(FOLDS.withTaskForEachMember().bits(distributed)).isEqualTo(expected);
    }
    assertThat(counts.executorsOfEpochs()).hasSize(2);
  }

  private static final Map<String, String> SPECULATION =
      Map.of(
          "spark.speculation", "true",
          "spark.speculation.quantile", "0.5",
          "spark.speculation.multiplier", "1");

  /** The first attempt of a task waits until its copy, on the other executor, has computed. */
  private static Iterator<ShardGroup> straggle(Iterator<ShardGroup> groups, String copied) {
    TaskContext task = TaskContext.get();
    if (task.partitionId() != 1) {
      return groups;
    }
    if (task.attemptNumber() == 0) {
      awaitFile(Path.of(copied), task);
      return groups;
    }
    return new TrainedGroups(groups, () -> create(Path.of(copied)));
  }

  private static void awaitFile(Path file, TaskContext task) {
    while (!Files.exists(file) && !task.isInterrupted()) {
      try {
        TimeUnit.MILLISECONDS.sleep(10);
      } catch (InterruptedException e) {
        throw new IllegalStateException("the copy was faster", e);
      }
    }
  }

  private static void create(Path file) {
    try {
      Files.write(file, new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An iterator that runs {@code end} after its last element. */
  private record TrainedGroups(Iterator<ShardGroup> groups, Runnable end)
      implements Iterator<ShardGroup> {
    @Override
    public boolean hasNext() {
      boolean more = groups.hasNext();
      if (!more) {
        end.run();
      }
      return more;
    }

    @Override
    public ShardGroup next() {
      return groups.next();
    }
  }
}
