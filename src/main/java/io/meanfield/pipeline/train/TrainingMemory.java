package io.meanfield.pipeline.train;

import static io.meanfield.batch.MemoryLimit.mebibytes;

import io.meanfield.batch.MemoryLimit;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.OptimizerLayout;
import io.meanfield.network.ParameterLayout;
import io.meanfield.train.TrainSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory that an executor needs at least for training, in bytes: a lower bound, so that a
 * training is refused only if it cannot fit.
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

  /** Returns the same need without the numbers that are in the memory of a GPU. */
  TrainingMemory onGpu() {
    return new TrainingMemory(examples, state, LIBRARIES);
  }

  private long heap() {
    return examples + state;
  }

  /** Returns the reasons why the training cannot fit; empty if it may. */
  List<String> problems(MemoryLimit limit) {
    List<String> problems = new ArrayList<>();
    if (heap() > limit.heap()) {
      problems.add(heapProblem(limit.heap()));
    }
    limit.outside().stream()
        .filter(outside -> heap() + this.outside > limit.heap() + outside)
        .forEach(outside -> problems.add(outsideProblem(limit.heap(), outside)));
    return problems;
  }

  private String heapProblem(long limit) {
    return "training needs at least "
        + mebibytes(heap())
        + " of heap in an executor ("
        + mebibytes(examples)
        + " for the examples of a task, "
        + mebibytes(state)
        + " for weights and optimizer state), but the heap has "
        + mebibytes(limit)
        + "; raise spark.executor.memory, on local masters spark.driver.memory, or for the examples"
        + " lower data.chunk-size";
  }

  private String outsideProblem(long heap, long limit) {
    return "training needs at least "
        + mebibytes(heap() + outside)
        + " in an executor ("
        + mebibytes(outside)
        + " outside the heap), but heap ("
        + mebibytes(heap)
        + ") and run.native-memory ("
        + mebibytes(limit)
        + ") have less together; raise run.native-memory, or "
        + MemoryLimit.OVERHEAD
        + " if that is set";
  }
}
