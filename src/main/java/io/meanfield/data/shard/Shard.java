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
   * Returns the order in which the worker reads its examples in an epoch. The order depends only on
   * seed, epoch, worker and the number of examples.
   */
  public Permutation order(long seed, int epoch) {
    return new Permutation(examples.count(), Permutation.key(seed, epoch, worker));
  }
}
