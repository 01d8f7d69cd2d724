package io.meanfield.dl4jspark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.learner.Device;
import io.meanfield.learner.LearnerPool;
import io.meanfield.network.LearnerState;
import io.meanfield.random.Permutation;
import io.meanfield.train.Round;
import io.meanfield.train.averaging.RoundFunction;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import org.deeplearning4j.spark.api.TrainingHook;

/**
 * Trains one logical worker between two averages. The result is a function of shard and state,
 * unless a hook makes it depend on more.
 *
 * @param network the network to train, without weights
 * @param seed seed from which the seeds of the steps are derived
 * @param order order of the rows of a shard
 * @param hooks called before and after each step
 */
@DefaultSerializer(JavaSerializer.class)
record WorkerRoundTask(
    Round round,
    int batchSize,
    ReplicaKey network,
    long seed,
    ExampleOrder order,
    List<TrainingHook> hooks)
    implements RoundFunction<WorkerShard, ShardFit> {
  private static final LearnerPool<ReplicaKey, Replica> REPLICAS =
      new LearnerPool<>(UnaryOperator.identity(), (network, device) -> new Replica(network));

  @Override
  public RoundOutput<ShardFit> run(WorkerShard shard, LearnerState start) {
    // A worker with a short shard may have no minibatches left in this fit.
    return (long) round.firstStep() * batchSize >= shard.rows().count()
        ? ShardFit.of(shard.worker(), start, 0, 0)
        : REPLICAS.withLearner(network, Device.CPU, replica -> fit(replica, shard, start));
  }

  private RoundOutput<ShardFit> fit(Replica replica, WorkerShard shard, LearnerState start) {
    ExampleRows rows = shard.rows();
    long first = (long) round.firstStep() * batchSize;
    long end = Math.min((long) round.endStep() * batchSize, rows.count());
    IntUnaryOperator rowAt = order.of(rows.count(), start.epoch(), shard.worker());
    double lossSum = 0;
    replica.restore(start, Permutation.key(seed, start.iteration(), shard.worker()));
    for (long at = first; at < end; at += batchSize) {
      int size = (int) Math.min(batchSize, end - at);
      lossSum += size * replica.fit(rows, rowAt, (int) at, size, hooks);
    }
    return ShardFit.of(shard.worker(), replica.state(), end - first, lossSum);
  }
}
