package io.meanfield.dl4jspark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.random.Permutation;
import java.io.Serializable;
import java.util.function.IntUnaryOperator;

/** The order in which a worker trains on the rows of its shard. */
sealed interface ExampleOrder extends Serializable {

  /**
   * Returns the function from a position in the epoch to a row of the shard.
   *
   * @param rows number of rows of the shard
   * @param epoch number of epochs that the network has finished
   */
  IntUnaryOperator of(int rows, int epoch, int worker);

  /** The order of the RDD, in every epoch. */
  @DefaultSerializer(JavaSerializer.class)
  record OfRdd() implements ExampleOrder {
    @Override
    public IntUnaryOperator of(int rows, int epoch, int worker) {
      return IntUnaryOperator.identity();
    }
  }

  /** Another order in each epoch and worker, a function of the seed. */
  @DefaultSerializer(JavaSerializer.class)
  record Shuffled(long seed) implements ExampleOrder {
    @Override
    public IntUnaryOperator of(int rows, int epoch, int worker) {
      Permutation permutation = new Permutation(rows, Permutation.key(seed, epoch, worker));
      return position -> (int) permutation.apply(position);
    }
  }
}
