package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.IndexRange;
import io.meanfield.network.LearnerState;
import io.meanfield.settings.Section;
import io.meanfield.train.averaging.ExponentialAverage;
import io.meanfield.train.averaging.WeightedAverage;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The average over time of the averaged weights of all groups. Training continues from the weights
 * themselves; the model gets their average. Pre-trained layers and the network after them begin an
 * average of their own.
 */
public sealed interface WeightAverage extends Serializable {
  /** The key of the setting in the section {@code train}. */
  String KEY = "weight-average";

  /** Returns the number of vectors of weights that a state carries for the average at most. */
  int vectors(int epochs);

  /** Returns what the state carries from the start of an epoch on. */
  List<float[]> afterEpochBegan(TrainingState start);

  /**
   * Returns what the state carries after a round.
   *
   * @param start state at the start of the round
   * @param end state from which the next round starts
   * @param logDeviations ranges of weights that are decimal logarithms of standard deviations
   */
  List<float[]> afterRound(TrainingState start, LearnerState end, List<IndexRange> logDeviations);

  /** Returns the average at the end of an epoch; empty if there is none. */
  Optional<float[]> average(TrainingState end, List<IndexRange> logDeviations);

  /** Returns the state of the model after an epoch, with the averaged weights if there are any. */
  default LearnerState model(TrainingState end, List<IndexRange> logDeviations) {
    return average(end, logDeviations).map(end.learner()::withWeights).orElse(end.learner());
  }

  /** No average: the model has the last weights. */
  @DefaultSerializer(JavaSerializer.class)
  record None() implements WeightAverage {
    @Override
    public int vectors(int epochs) {
      return 0;
    }

    @Override
    public List<float[]> afterEpochBegan(TrainingState start) {
      return List.of();
    }

    @Override
    public List<float[]> afterRound(
        TrainingState start, LearnerState end, List<IndexRange> logDeviations) {
      return List.of();
    }

    @Override
    public Optional<float[]> average(TrainingState end, List<IndexRange> logDeviations) {
      return Optional.empty();
    }
  }

  /**
   * The exponential moving average (compared with {@link LastEpochs} in Ajroldi et al. 2025, arXiv
   * 2502.06761), with a decay for each minibatch of a worker, so that it does not depend on the
   * length of rounds: after a round that ends at minibatch {@code N} and has {@code n} minibatches,
   *
   * <pre>
   *   a' = a + (1 - decay^n) / (1 - decay^N) (w - a)
   * </pre>
   *
   * The denominator corrects the bias of a start at 0 (Kingma and Ba 2015, section 3), so that the
   * average after the first round equals the weights.
   */
  @DefaultSerializer(JavaSerializer.class)
  record Exponential(double decay) implements WeightAverage {
    @Override
    public int vectors(int epochs) {
      return 1;
    }

    @Override
    public List<float[]> afterEpochBegan(TrainingState start) {
      return start.weightHistory();
    }

    @Override
    public List<float[]> afterRound(
        TrainingState start, LearnerState end, List<IndexRange> logDeviations) {
      if (start.weightHistory().isEmpty()) {
        return List.of(end.weights());
      }
      int minibatches = end.iteration() - start.learner().iteration();
      return List.of(
          ExponentialAverage.next(
              start.weightHistory().get(0),
              end.weights(),
              seen(minibatches) / seen(end.iteration()),
              logDeviations));
    }

    private double seen(int minibatches) {
      return 1 - StrictMath.pow(decay, minibatches);
    }

    @Override
    public Optional<float[]> average(TrainingState end, List<IndexRange> logDeviations) {
      return end.weightHistory().stream().findFirst();
    }
  }

  /**
   * The mean of the weights at the ends of the last epochs: LAWA, latest weight averaging (Kaddour
   * 2022, arXiv 2209.14981). Until there are as many epochs, the mean of all. A state carries the
   * weights of the earlier epochs, the oldest first.
   *
   * @param epochs at least 2
   */
  @DefaultSerializer(JavaSerializer.class)
  record LastEpochs(int epochs) implements WeightAverage {
    @Override
    public int vectors(int trained) {
      return Math.min(epochs, trained) - 1;
    }

    @Override
    public List<float[]> afterEpochBegan(TrainingState start) {
      if (start.learner().iteration() == 0) {
        return List.of(); // untrained weights do not count
      }
      List<float[]> history = new ArrayList<>(start.weightHistory());
      history.add(start.learner().weights());
      return history.subList(Math.max(0, history.size() - (epochs - 1)), history.size());
    }

    @Override
    public List<float[]> afterRound(
        TrainingState start, LearnerState end, List<IndexRange> logDeviations) {
      return start.weightHistory();
    }

    @Override
    public Optional<float[]> average(TrainingState end, List<IndexRange> logDeviations) {
      List<float[]> weights = new ArrayList<>(end.weightHistory());
      weights.add(end.learner().weights());
      return Optional.of(WeightedAverage.ofEqual(weights, logDeviations));
    }
  }

  static WeightAverage read(Section train) {
    if (!train.isSection(KEY)) {
      String name = train.string(KEY);
      if (!name.isEmpty() && !name.equals("none")) {
        train.invalid(KEY, "none, or an object with one of ema, last");
      }
      return new None();
    }
    Section average = train.section(KEY);
    return average
        .oneOf("ema", "last")
        .map(
            name ->
                name.equals("ema")
                    ? new Exponential(
                        average.number(
                            name, decay -> decay > 0 && decay < 1, "above 0 and below 1", 0.999))
                    : new LastEpochs(average.integer(name, 2)))
        .orElse(new None());
  }
}
