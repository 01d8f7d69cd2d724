package io.meanfield.train.averaging;

import io.meanfield.network.LearnerState;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.OptimizerLayout;
import io.meanfield.network.ParameterLayout;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Replaces the mean of the workers' second moments by the second moment of the whole batch, so that
 * Adam and AdamW make the steps of one worker that has the batches of all.
 *
 * <p>The second moment {@code v} is a decaying mean of squared gradients. For gradients of mean
 * {@code mu} and variance {@code s^2} it is {@code mu^2 + s^2}; for the gradients of the whole
 * batch, which are means of those of K workers, it is {@code mu^2 + s^2 / K}. Adam divides its step
 * by the root of {@code v} (Kingma and Ba 2015, algorithm 1), so with the mean of the workers'
 * second moments its steps would be shorter by up to {@code sqrt(K)}. With the decay {@code b},
 * {@code v0} at the start of the round, and the means {@code m} and {@code v} of the workers'
 * moments after {@code h} steps, this class computes
 *
 * <pre>
 *   v' = b^h v0 + (v - b^h v0) / K + (1 - 1 / K) (1 - b^h) mu^2, at most v
 * </pre>
 *
 * where {@code mu} is {@code m} without its bias (section 3). If the shares {@code p} of examples
 * differ, {@code 1 / K} is the sum of {@code p^2}, with which the variance of the weighted mean
 * decreases. Groups of workers are averaged like workers: the second moment of a group is that of
 * its batch. The result is a function of the numbers alone and computed in double, so it has the
 * same bits on executors and on the driver.
 */
public final class WholeBatchMoment {
  private static final int SECOND = 1; // the place of the vector among the optimizer's

  private final Optimizer.Decays decays;
  private final OptimizerLayout layout;

  /**
   * A worker or a group of workers in an average.
   *
   * @param examples of the round; 0 if it is not in the average
   * @param steps of the round
   */
  public record Part(long examples, int steps) {}

  /**
   * The factors of the formula.
   *
   * @param variance {@code 1 / K}
   * @param kept {@code b^h}
   * @param mean the factor of {@code m^2}
   */
  private record Factors(double variance, double kept, double mean) {}

  private WholeBatchMoment(NetworkSettings member, Optimizer.Decays decays) {
    this.decays = decays;
    this.layout =
        new OptimizerLayout(ParameterLayout.of(member), member.optimizer().statePerWeight());
  }

  /**
   * Returns an average with the second moment of the whole batch; the average itself if it has one
   * part only, or if the optimizer has no first and second moments.
   *
   * @param start the state from which all parts started
   * @param mean the mean of their states
   */
  public static LearnerState of(
      NetworkSettings network, LearnerState start, LearnerState mean, List<Part> parts) {
    List<Part> averaged = parts.stream().filter(part -> part.examples() > 0).toList();
    Optional<Optimizer.Decays> decays = network.optimizer().decays();
    if (averaged.size() == 1 || decays.isEmpty()) {
      return mean;
    }
    WholeBatchMoment moment = new WholeBatchMoment(network.member(), decays.get());
    Factors factors = moment.factors(averaged, mean.iteration());
    int members = network.members();
    return members == 1
        ? moment.of(start, mean, factors)
        : LearnerState.ofMembers(
            IntStream.range(0, members)
                .mapToObj(
                    i -> moment.of(start.member(i, members), mean.member(i, members), factors))
                .toList());
  }

  private Factors factors(List<Part> parts, int iteration) {
    double examples = parts.stream().mapToLong(Part::examples).sum();
    double variance = 0;
    double kept = 0;
    for (Part part : parts) {
      double share = part.examples() / examples;
      variance += share * share;
      kept += share * power(decays.second(), part.steps());
    }
    double unbiased = 1 - power(decays.first(), iteration);
    return new Factors(variance, kept, (1 - variance) * (1 - kept) / (unbiased * unbiased));
  }

  // In 32 bits, as the engines round the decay; StrictMath gives the same bits on every machine.
  private static double power(double decay, int steps) {
    return StrictMath.pow((float) decay, steps);
  }

  private LearnerState of(LearnerState start, LearnerState mean, Factors factors) {
    float[] moments = mean.optimizerState().clone();
    boolean isFresh = start.optimizerState().length == 0;
    float[] before = isFresh ? new float[moments.length] : start.optimizerState();
    for (OptimizerLayout.Segment segment : layout.segments(moments)) {
      if (segment.vector() == SECOND) {
        replace(moments, before, segment, factors);
      }
    }
    return new LearnerState(mean.weights(), moments, mean.iteration(), mean.epoch());
  }

  private static void replace(
      float[] moments, float[] before, OptimizerLayout.Segment second, Factors factors) {
    int first = second.offset() - second.count(); // a block has its vectors one after the other
    for (int i = 0; i < second.count(); i++) {
      double m = moments[first + i];
      double v = moments[second.offset() + i];
      double kept = factors.kept() * before[second.offset() + i];
      double whole = kept + factors.variance() * (v - kept) + factors.mean() * m * m;
      moments[second.offset() + i] = (float) Math.min(v, whole);
    }
  }
}
