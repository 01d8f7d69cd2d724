package io.meanfield.pipeline.train;

import io.meanfield.batch.MemoryLimit;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.OptimizerLayout;
import io.meanfield.network.ParameterLayout;
import io.meanfield.train.TrainSettings;

/**
 * The memory that an executor needs at least for training on the CPU, in bytes.
 *
 * @param examples the chunks that one task reads at the same time
 * @param state the weights at the start of a round, and the results of all workers of a task at its
 *     end, in the heap
 * @param outside the memory outside of the heap
 */
record TrainingMemory(long examples, long state, long outside) {
  // JVM and LibTorch outside the heap. ExecutorMemoryIT measures three times as much for LeNet-5.
  private static final long LIBRARIES = 128L << 20;
  // What a task of all workers received, what it goes on with, and the bytes of its result.
  private static final int COPIES_OF_CARRIED = 3;

  /**
   * The shards that a task reads.
   *
   * @param examples the number of training examples of a shard
   * @param chunkRows the largest number of examples of a chunk
   * @param count the number of shards of the task
   */
  record Shards(long examples, long chunkRows, long count) {
    /** Returns the number of examples in the current chunks of all shards and in the next one. */
    long held() {
      return examples <= chunkRows ? count * examples : (count + 1) * chunk();
    }

    private long chunk() {
      long chunks = (examples + chunkRows - 1) / chunkRows;
      return examples / chunks;
    }
  }

  /** Returns the need of a training on the CPU. */
  static TrainingMemory of(NetworkSettings network, TrainSettings train, Shards shards) {
    ParameterLayout layout = ParameterLayout.of(network);
    long optimizer = new OptimizerLayout(layout, network.optimizer().statePerWeight()).size();
    // Heap: the weights before, weights and optimizer state after. Outside: weights, gradients and
    // optimizer state of one learner.
    long state = Float.BYTES * (layout.size() + shards.count() * (layout.size() + optimizer));
    long learner = Float.BYTES * (2L * layout.size() + optimizer);
    long minibatch =
        Math.min(train.batchSize(), shards.examples()) * network.inputs() * Float.BYTES;
    return new TrainingMemory(
        // An input has at least one byte, an id eight.
        shards.held() * (network.inputs() + Long.BYTES), state, LIBRARIES + learner + minibatch);
  }

  /**
   * Returns whether the training leaves half of the heap to Spark and to the copies of states that
   * this lower bound does not count, and enough memory outside of it.
   *
   * @param valueBytes the size of an input of an example
   * @param carried the bytes of the momentum and of the history of weights
   * @param threads number of workers that compute in parallel
   */
  boolean leavesRoom(MemoryLimit limit, int valueBytes, long carried, int threads) {
    long outsideOfAll = LIBRARIES + threads * (outside - LIBRARIES);
    return valueBytes * examples + state + COPIES_OF_CARRIED * carried <= limit.heap() / 2
        && (limit.outside().isEmpty() || outsideOfAll <= limit.outside().getAsLong());
  }
}
