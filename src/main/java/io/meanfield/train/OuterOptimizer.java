package io.meanfield.train;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.IndexRange;
import io.meanfield.network.LearnerState;
import io.meanfield.settings.Section;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * What becomes of the groups' mean: where the next round starts. It moves the weights only; the
 * workers' own optimizers have their policy, {@link OptimizerStatePolicy}. On the driver, in double
 * and one number after the other, so that its bits are fixed.
 */
public sealed interface OuterOptimizer extends Serializable {

  /**
   * The state after a round.
   *
   * @param start where the round began
   * @param mean of the groups, at its end
   * @param running where running means and deviations lie, which no optimizer moves
   * @throws UserException if a weight is not finite any more
   */
  TrainingState step(Round round, TrainingState start, LearnerState mean, List<IndexRange> running);

  /** The next round starts from the mean: local SGD, Stich 2019, algorithm 1. */
  @DefaultSerializer(JavaSerializer.class)
  record None() implements OuterOptimizer {
    @Override
    public TrainingState step(
        Round round, TrainingState start, LearnerState mean, List<IndexRange> running) {
      return new TrainingState(mean, start.outerMomentum());
    }
  }

  /**
   * Nesterov momentum on what a round did, as in DiLoCo (Douillard et al. 2023, algorithm 1, with
   * its Nesterov OuterOpt): with weights {@code w} at the start of the round, {@code m} the mean at
   * its end and the outer gradient {@code d = w - m},
   *
   * <pre>
   *   v' = momentum * v + d
   *   w' = w - learningRate * (d + momentum * v')
   * </pre>
   *
   * SlowMo (Wang et al. 2019, algorithm 1) takes {@code w' = w - learningRate * v'}, without the
   * look ahead, and divides {@code d} by the workers' learning rate and multiplies it in again,
   * which is the same while that rate is constant. A learning rate of 1 and a momentum of 0 are
   * {@link None}, to the bit.
   */
  @DefaultSerializer(JavaSerializer.class)
  record Nesterov(double learningRate, double momentum) implements OuterOptimizer {
    @Override
    public TrainingState step(
        Round round, TrainingState start, LearnerState mean, List<IndexRange> running) {
      float[] began = start.learner().weights();
      float[] reached = mean.weights();
      boolean atRest = start.outerMomentum().length == 0;
      float[] velocity = new float[reached.length];
      float[] weights = new float[reached.length];
      for (int i = 0; i < reached.length; i++) {
        double moved = (double) began[i] - reached[i];
        velocity[i] = (float) (momentum * (atRest ? 0 : start.outerMomentum()[i]) + moved);
        weights[i] = nesterovStep(reached[i], moved, velocity[i]);
      }
      for (IndexRange range : running) {
        Arrays.fill(velocity, range.start(), range.end(), 0);
        System.arraycopy(reached, range.start(), weights, range.start(), range.size());
      }
      LearnerState stepped =
          new LearnerState(weights, mean.optimizerState(), mean.iteration(), mean.epoch());
      requireFinite(round, stepped);
      return new TrainingState(stepped, velocity);
    }

    // The formula seen from the mean: a step of 0 must leave its bits, even those of a
    // weight that is too small beside the one that the round began with.
    private float nesterovStep(float reached, double moved, double velocity) {
      double more = (learningRate - 1) * moved + learningRate * momentum * velocity;
      return more == 0 ? reached : (float) (reached - more);
    }

    private void requireFinite(Round round, LearnerState stepped) {
      if (!stepped.isFinite()) {
        throw new UserException(
            ErrorCode.DIVERGED,
            "training diverged: in round "
                + round.number()
                + " of epoch "
                + round.epoch()
                + " the outer optimizer left weights that are not finite (learning rate "
                + learningRate
                + ", momentum "
                + momentum
                + "); lower train.outer-optimizer.learning-rate or momentum");
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
              outer.number("learning-rate", rate -> rate > 0 && rate < 1e6, "above 0", 0.7),
              outer.number(
                  "momentum", beta -> beta >= 0 && beta < 1, "at least 0 and below 1", 0.9));
    };
  }
}
