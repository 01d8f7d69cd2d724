package io.meanfield.reinforce;

import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.reinforce.environment.Environment;
import io.meanfield.reinforce.environment.EpisodeSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Evaluates a network by playing without exploration, in Spark tasks. The number of tasks is that
 * of the logical workers, because the bits of an output may depend on how many episodes are played
 * side by side. Driver only.
 */
final class GreedyEvaluation {
  private final JavaSparkContext spark;
  private final ReinforceSettings settings;
  private final RandomKeys keys;
  private final EngineNetwork network;

  GreedyEvaluation(
      JavaSparkContext spark, ReinforceSettings settings, RandomKeys keys, EngineNetwork network) {
    this.spark = spark;
    this.settings = settings;
    this.keys = keys;
    this.network = network;
  }

  /** Returns the returns of {@code episodes} episodes of a set, in their order. */
  double[] returns(EpisodeSet set, int episodes, LearnerState state) {
    Environment environment = settings.environment();
    RandomKeys random = keys;
    EngineNetwork played = network;
    List<GreedyEpisodes> parts = parts(set, episodes);
    Broadcast<LearnerState> weights = spark.broadcast(state.withoutOptimizerState());
    try {
      return spark
          .parallelize(parts, parts.size())
          .map(part -> part.returns(environment, random, played, weights.value()))
          .collect()
          .stream()
          .flatMapToDouble(Arrays::stream)
          .toArray();
    } finally {
      weights.destroy();
    }
  }

  private List<GreedyEpisodes> parts(EpisodeSet set, int episodes) {
    int count = Math.min(settings.workers(), episodes);
    List<GreedyEpisodes> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int first = (int) ((long) episodes * i / count);
      int end = (int) ((long) episodes * (i + 1) / count);
      parts.add(new GreedyEpisodes(set, first, end - first));
    }
    return parts;
  }
}
