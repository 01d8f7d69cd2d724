package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.IndexRange;
import io.meanfield.network.LearnerState;
import io.meanfield.settings.Section;
import io.meanfield.train.history.TrainingState;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * The optimizer that is applied to the average of all groups after each round; the next round
 * starts from its result. It changes the weights only; the state of the workers' optimizers.
 * Computed in double and in a fixed order, so that the bits are reproducible.
 */
public sealed interface OuterOptimizer extends Serializable {

  /**
   * Returns the state after a round.
   *
   * @param start state at the start of the round
   * @param mean mean of the groups' states at the end of the round
   * @param running ranges of the running means and deviations, which no optimizer changes
   * @throws UserException if a weight is no longer finite
   */
  TrainingState step(Round round, TrainingState start, LearnerState mean, List<IndexRange> running);

  /** Returns the number of vectors, each as long as the weights, that it keeps between rounds. */
  int vectors();

  /** The next round starts from the mean: local SGD, Stich 2019, algorithm 1. */
  @DefaultSerializer(JavaSerializer.class)
  record None() implements OuterOptimizer {
    @Override
    public TrainingState step(
        Round round, TrainingState start, LearnerState mean, List<IndexRange> running) {
      return new TrainingState(mean, start.outerMomentum());
    }

    @Override
    public int vectors() {
      return 0;
    }
  }

  /**
   * Nesterov momentum on the change of the weights in a round, as in DiLoCo (Douillard et al. 2023,
   * algorithm 1, with its Nesterov OuterOpt): with weights {@code w} at the start of the round,
   * {@code m} the mean at its end and the outer gradient {@code d = w - m},
   *
   * <pre>
   *   v' = momentum * v + d
   *   w' = w - learningRate * (d + momentum * v')
   * </pre>
   *
   * SlowMo (Wang et al. 2019, algorithm 1) takes {@code w' = w - learningRate * v'}, without the
   * look-ahead. It also divides {@code d} by the workers' learning rate and multiplies by that rate
   * again, which cancels out while the rate is constant. With a learning rate of 1 and a momentum
   * of 0 the result is bit-identical to {@link None}.
   */
  @DefaultSerializer(JavaSerializer.class)
  record Nesterov(double learningRate, double momentum) implements OuterOptimizer {
    @Override
    public TrainingState step(
        Round round, TrainingState start, LearnerState mean, List<IndexRange> running) {
      float[] startWeights = start.learner().weights();
      float[] meanWeights = mean.weights();
      boolean withoutMomentum = start.outerMomentum().length == 0;
      float[] velocity = new float[meanWeights.length];
      float[] weights = new float[meanWeights.length];
      for (int i = 0; i < meanWeights.length; i++) {
        double delta = (double) startWeights[i] - meanWeights[i];
        velocity[i] = (float) (momentum * (withoutMomentum ? 0 : start.outerMomentum()[i]) + delta);
        weights[i] = nesterovStep(meanWeights[i], delta, velocity[i]);
      }
      for (IndexRange range : running) {
        Arrays.fill(velocity, range.start(), range.end(), 0);
        System.arraycopy(meanWeights, range.start(), weights, range.start(), range.size());
      }
      LearnerState stepped =
          new LearnerState(weights, mean.optimizerState(), mean.iteration(), mean.epoch());
      requireFinite(round, stepped);
      return new TrainingState(stepped, velocity);
    }

    @Override
    public int vectors() {
      return 1;
    }

    // The formula rewritten relative to the mean: if the step from the mean is 0, the mean keeps
    // its bits, even if it is tiny in comparison with the weight at the start of the round.
    private float nesterovStep(float meanWeight, double delta, double velocity) {
      double stepFromMean = (learningRate - 1) * delta + learningRate * momentum * velocity;
      return stepFromMean == 0 ? meanWeight : (float) (meanWeight - stepFromMean);
    }

    private void requireFinite(Round round, LearnerState stepped) {
      if (!stepped.isFinite()) {
        throw UserException.of(
            ErrorCode.DIVERGED,
            "training diverged: in round %s of epoch %s the outer optimizer left weights that are"
                + " not finite (learning rate %s, momentum %s); lower"
                + " train.outer-optimizer.learning-rate or momentum",
            round.number(),
            round.epoch(),
            learningRate,
            momentum);
      }
    }
  }

  /** The outer optimizers by name. */
  enum Name {
    NONE,
    NESTEROV
  }

  static OuterOptimizer read(Section outer) {
    return switch (outer.choice("name", Name.class)) {
      case NONE -> new None();
      case NESTEROV ->
          new Nesterov(
              outer.optionalNumber("learning-rate", rate -> rate > 0 && rate < 1e6, "above 0", 0.7),
              outer.optionalNumber(
                  "momentum", beta -> beta >= 0 && beta < 1, "at least 0 and below 1", 0.9));
    };
  }
}
