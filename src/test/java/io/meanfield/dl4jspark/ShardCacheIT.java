package io.meanfield.dl4jspark;

import static io.meanfield.dl4jspark.Networks.assertSameBits;
import static io.meanfield.dl4jspark.Networks.dense;
import static io.meanfield.dl4jspark.Networks.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import io.meanfield.fixture.Digits;
import io.meanfield.fixture.LocalSpark;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;

/** Counts what a loop of fits reads and what it leaves in Spark's cache. */
@Tag("cluster")
@Tag("promise")
class ShardCacheIT {
  private static final JavaSparkContext SPARK = LocalSpark.context();
  private static final int DATA_SETS = 6;

  private final LongAccumulator read = SPARK.sc().longAccumulator();
  private final JavaRDD<DataSet> data = counted();
  private final AveragingTrainingMaster master = master();
  private final SparkDl4jMultiLayer network = network(master);
  private final Set<Integer> cachedBefore = new HashSet<>(SPARK.getPersistentRDDs().keySet());

  /** Returns an RDD that counts the DataSets that are computed from it. */
  private JavaRDD<DataSet> counted() {
    LongAccumulator count = read;
    return SPARK
        .parallelize(Digits.train().cut(100 * DATA_SETS, 100), 3)
        .map(
            digits -> {
              count.add(1);
              return digits;
            });
  }

  private static AveragingTrainingMaster master() {
    return new AveragingTrainingMaster.Builder().workers(2).averagingFrequency(2).build();
  }

  private static SparkDl4jMultiLayer network(AveragingTrainingMaster master) {
    return new SparkDl4jMultiLayer(SPARK, dense(), master);
  }

  /**
   * Returns the RDDs that this test has cached. Those of other tests may leave the cache at any
   * time.
   */
  private Set<Integer> cached() {
    Set<Integer> cached = new HashSet<>(SPARK.getPersistentRDDs().keySet());
    cached.removeAll(cachedBefore);
    return cached;
  }

  @Test
  void loopOfFitsReadsItsRddOnce() {
    network.fit(data);
    network.fit(data.rdd()); // the same RDD, without its wrapper
    network.fit(JavaRDD.fromRDD(data.rdd(), data.classTag()));
    assertThat(read.value()).isEqualTo(DATA_SETS);
    assertThat(cached()).hasSize(1);
  }

  @Test
  void cachedShardsGiveTheBitsOfRecomputedShards() {
    AveragingTrainingMaster uncachedMaster = master();
    SparkDl4jMultiLayer uncachedNetwork = network(uncachedMaster);
    for (int epoch = 1; epoch <= 3; epoch++) {
      network.fit(data);
    }
    read.reset();
    for (int epoch = 1; epoch <= 3; epoch++) {
      uncachedNetwork.fit(data);
      assertThat(uncachedMaster.deleteTempFiles(SPARK)).isTrue();
      assertThat(read.value()).isEqualTo((long) epoch * DATA_SETS);
    }
    assertSameBits(state(network.getNetwork()), state(uncachedNetwork.getNetwork()));
  }

  @Test
  void rddOfTheCallerStaysCached() {
    data.persist(StorageLevel.MEMORY_ONLY());
    network.fit(data);
    master.deleteTempFiles(SPARK);
    assertThat(cached()).containsExactly(data.id());
    assertThat(data.getStorageLevel()).isEqualTo(StorageLevel.MEMORY_ONLY());
    data.unpersist();
  }

  @Test
  void refusedDataLeaveTheCacheEmpty() {
    DataSet digits = Digits.train().range(0, 4);
    DataSet images = new DataSet(digits.getFeatures().reshape(4, 1, 28, 28), digits.getLabels());
    JavaRDD<DataSet> mixed = SPARK.parallelize(List.of(digits, images), 1);
    assertThatThrownBy(() -> network.fit(mixed)).isInstanceOf(UserException.class);
    assertThat(cached()).isEmpty();
  }
}
