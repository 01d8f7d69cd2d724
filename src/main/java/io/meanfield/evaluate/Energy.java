package io.meanfield.evaluate;

import io.meanfield.batch.EnergyPass;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.learner.EnergyResult;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Scores a restricted Boltzmann machine on sharded examples. */
public final class Energy {
  private Energy() {}

  /**
   * Returns the score of the first examples of the first chunk of each shard. Sums run in the order
   * of the shards, so their bits are fixed.
   *
   * @param layer number of the restricted Boltzmann machine in the network
   * @param limit largest number of examples of a shard
   */
  public static EnergyResult of(
      EngineNetwork network, int layer, LearnerState state, JavaRDD<ShardGroup> groups, int limit) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(groups.context());
    Broadcast<LearnerState> weights = spark.broadcast(state.withoutOptimizerState());
    try {
      List<EnergyResult> results =
          groups
              .flatMap(group -> group.shards().iterator())
              .map(
                  shard ->
                      EnergyPass.of(
                          network,
                          layer,
                          weights.value(),
                          shard.chunks().read(0),
                          limit,
                          shard.worker()))
              .collect();
      return results.stream().reduce(EnergyResult.NONE, EnergyResult::plus);
    } finally {
      weights.destroy();
    }
  }
}
