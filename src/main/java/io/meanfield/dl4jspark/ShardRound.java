package io.meanfield.dl4jspark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Permutation;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Pool;
import io.meanfield.train.Round;
import io.meanfield.train.RoundTask;

/**
 * One logical worker between two averages: a function of shard and state.
 *
 * @param configuration of the network, as JSON
 * @param seed of what is random in a step
 */
@DefaultSerializer(JavaSerializer.class) // Kryo 4 cannot write the final fields of a record
record ShardRound(Round round, int batchSize, String configuration, long seed)
    implements RoundTask<WorkerShard, WorkerReport> {
  private static final Pool<String, Replica> REPLICAS = new Pool<>(Replica::new);

  @Override
  public Result<WorkerReport> run(WorkerShard shard, LearnerState start) {
    // A shorter shard: the worker has no more minibatches in this fit.
    return (long) round.firstStep() * batchSize >= shard.rows().count()
        ? WorkerReport.of(shard.worker(), start, 0, 0)
        : REPLICAS.lend(configuration, replica -> fit(replica, shard, start));
  }

  private Result<WorkerReport> fit(Replica replica, WorkerShard shard, LearnerState start) {
    Rows rows = shard.rows();
    long first = (long) round.firstStep() * batchSize;
    long end = Math.min((long) round.endStep() * batchSize, rows.count());
    double lossSum = 0;
    replica.restore(start, Permutation.key(seed, start.iteration(), shard.worker()));
    for (long at = first; at < end; at += batchSize) {
      int size = (int) Math.min(batchSize, end - at);
      lossSum += size * replica.fit(rows, (int) at, size);
    }
    return WorkerReport.of(shard.worker(), replica.state(), end - first, lossSum);
  }
}
