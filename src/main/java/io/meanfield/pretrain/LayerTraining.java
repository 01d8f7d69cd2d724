package io.meanfield.pretrain;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.batch.CancellableTask;
import io.meanfield.batch.TaskThreads;
import io.meanfield.data.Examples;
import io.meanfield.data.shard.Fold;
import io.meanfield.data.shard.Shard;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.data.shard.ShardReader;
import io.meanfield.network.LearnerState;
import io.meanfield.random.Permutation;
import io.meanfield.train.averaging.RoundFunction;
import io.meanfield.train.averaging.WeightedAverage;
import io.meanfield.train.averaging.WeightedState;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Trains one layer for an epoch on the examples of a group of workers, on an executor, or scores
 * it. Stateless: a retry returns the same bits.
 *
 * @param sizes numbers of units of the input and of each layer up to this one
 * @param lower the weights of the layers below
 * @param batchSize examples in a minibatch of a worker
 * @param minibatches the largest number of minibatches of a worker in an epoch
 * @param threads number of workers that compute in parallel; changes the duration, not the result
 */
@DefaultSerializer(JavaSerializer.class)
record LayerTraining(
    PretrainSettings settings,
    List<Integer> sizes,
    List<float[]> lower,
    int batchSize,
    int minibatches,
    int threads,
    long seed)
    implements Serializable {

  private int number() {
    return lower.size();
  }

  /**
   * Trains for an epoch.
   *
   * @param epoch from 0
   * @param start the weights of the layer
   * @return the average over the workers, and the number of examples
   */
  RoundFunction.RoundOutput<Long> epoch(int epoch, ShardGroup group, LearnerState start) {
    CancellableTask task = CancellableTask.current();
    WeightedState[] states = new WeightedState[group.shards().size()];
    int parallel = Math.min(threads, states.length);
    TaskThreads.run(
        parallel,
        first -> {
          for (int i = first; i < states.length; i += parallel) {
            states[i] = epoch(epoch, group.shards().get(i), start.weights().clone(), task);
          }
        });
    long examples = group.shards().stream().mapToLong(Shard::count).sum();
    LearnerState average =
        WeightedAverage.of(Arrays.asList(states), List.of(), parallel).orElse(start);
    return new RoundFunction.RoundOutput<>(new WeightedState(average, examples), examples);
  }

  private WeightedState epoch(int epoch, Shard shard, float[] weights, CancellableTask task) {
    TiedLayer layer = layer(number(), weights);
    LearningRule rule =
        switch (settings.method()) {
          case AUTOENCODER -> new Denoising(layer, PretrainSettings.CORRUPTION);
          case RBM, NONE -> new ContrastiveDivergence(layer);
        };
    LayerStep step = new LayerStep(layer);
    LayerInputs inputs = inputs();
    ShardReader reader = new ShardReader(shard, Fold.NONE, seed, epoch);
    for (int first = 0; first < shard.count(); first += batchSize) {
      task.requireRunning();
      int end = Math.min(first + batchSize, shard.count());
      for (int position = first; position < end; position++) {
        reader.seek(position);
        rule.add(
            inputs.of(reader.chunk(), reader.row()),
            Permutation.key(seed, number(), epoch, shard.worker(), position),
            step);
      }
      step.apply(layer, rate(epoch, first / batchSize) / (end - first));
    }
    return new WeightedState(LearnerState.fresh(weights), shard.count());
  }

  private double rate(int epoch, int minibatch) {
    double done = (double) epoch * minibatches + minibatch;
    return PretrainSettings.LEARNING_RATE * (1 - done / ((double) settings.epochs() * minibatches));
  }

  /** Returns the score of the layer on the first examples of the first chunk of each shard. */
  LayerScore score(ShardGroup group, float[] weights, int limit) {
    TiedLayer layer = layer(number(), weights);
    LayerInputs inputs = inputs();
    LayerScore sum = LayerScore.NONE;
    for (Shard shard : group.shards()) {
      Examples examples = shard.chunks().read(0);
      for (int row = 0; row < Math.min(limit, examples.count()); row++) {
        long key = Permutation.key(shard.worker(), row);
        sum = sum.plus(LayerScore.of(layer, inputs.of(examples, row), key));
      }
    }
    return sum;
  }

  private LayerInputs inputs() {
    TiedLayer[] below = new TiedLayer[number()];
    Arrays.setAll(below, i -> layer(i, lower.get(i)));
    return new LayerInputs(sizes.get(0), List.of(below));
  }

  private TiedLayer layer(int index, float[] weights) {
    return new TiedLayer(sizes.get(index), sizes.get(index + 1), weights);
  }
}
