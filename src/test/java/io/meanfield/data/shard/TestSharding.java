package io.meanfield.data.shard;

import io.meanfield.data.Dataset;
import io.meanfield.data.Split;

/** Shards for tests and benchmarks. */
public final class TestSharding {
  private TestSharding() {}

  /** Prepares the shards of a data set as it is, with chunks of the default size. */
  public static Sharding of(Dataset data, Split split, int shardsPerGroup) {
    Folds folds = Folds.of(data, split, ExampleTotals.of(data, split, Balance.NONE));
    return new Sharding(data, split, folds, ExampleWeights.NONE, shardsPerGroup, ChunkSize.DEFAULT);
  }
}
