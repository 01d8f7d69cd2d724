package io.meanfield.data.shard;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Examples;
import io.meanfield.random.Permutation;
import java.io.Serializable;

/** One logical worker's part of the data; may be empty. */
@DefaultSerializer(JavaSerializer.class)
public record Shard(int worker, Examples examples) implements Serializable {

  /**
   * The order in which the worker reads its examples in an epoch: a function of seed, epoch and
   * worker alone.
   */
  public Permutation order(long seed, int epoch) {
    return new Permutation(examples.count(), Permutation.key(seed, epoch, worker));
  }
}
