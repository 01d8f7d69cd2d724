package io.meanfield.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.Examples;
import io.meanfield.data.shard.ClassWeights;
import io.meanfield.data.shard.Fold;
import io.meanfield.data.shard.Shard;
import io.meanfield.network.Engine;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.TestNetworks;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ShardMinibatchesTest {
  private static final EngineNetwork NETWORK =
      new EngineNetwork(
          TestNetworks.of(
              "network { input = [2, 2, 1], layers = [ { flatten = true },"
                  + " { dense = 2, activation = softmax } ], loss = categorical_crossentropy,"
                  + " optimizer { name = adam, schedule { name = constant, warmup-steps = 0 } } }"),
          Engine.TORCH);

  /** Returns a shard whose images are told apart by their first pixel. */
  private static Shard shard(int count) {
    byte[] pixels = new byte[count * 4];
    for (int row = 0; row < count; row++) {
      pixels[row * 4] = (byte) row;
    }
    return new Shard(
        1, Examples.images(LongStream.range(0, count).toArray(), new byte[count], pixels, 4));
  }

  private static ShardMinibatches minibatches(int examples, TrainSettings settings) {
    return new ShardMinibatches(
        shard(examples), Fold.NONE, settings, 7, ClassWeights.UNIFORM, NETWORK);
  }

  @Property
  void roundsOfAnEpochTakeEachExampleOnce(
      @ForAll @IntRange(max = 60) int examples,
      @ForAll @IntRange(min = 1, max = 9) int batchSize,
      @ForAll @IntRange(min = 1, max = 20) int stepsOfARound) {
    ShardMinibatches minibatches =
        minibatches(examples, TestSettings.plain().batchSize(batchSize).build());
    Set<Integer> seen = new TreeSet<>();
    for (int first = 0; first < minibatches.count(); first += stepsOfARound) {
      int end = Math.min(first + stepsOfARound, minibatches.count());
      int before = seen.size();
      minibatches
          .of(1, first, end)
          .forEachOrdered(
              batch -> {
                for (int row = 0; row < batch.size(); row++) {
                  assertThat(seen.add((int) batch.pixels()[batch.offset(row)])).isTrue();
                }
              });
      assertThat(minibatches.taken()).isPositive().isEqualTo(seen.size() - before);
    }
    assertThat(seen).hasSize(examples);
  }

  @Example
  void workerWithoutMinibatchesInARoundTakesNone() {
    ShardMinibatches minibatches = minibatches(20, TestSettings.plain().batchSize(8).build());
    assertThat(minibatches.of(1, 5, minibatches.count())).isEmpty();
    assertThat(minibatches.taken()).isZero();
  }
}
