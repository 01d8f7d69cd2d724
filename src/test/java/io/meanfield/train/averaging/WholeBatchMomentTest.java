package io.meanfield.train.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.network.LearnerState;
import io.meanfield.network.Loss;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.OptimizerLayout;
import io.meanfield.network.ParameterLayout;
import io.meanfield.network.TestNetworks;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class WholeBatchMomentTest {
  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.999;

  private static NetworkSettings network(int inputs, Optimizer optimizer) {
    return new NetworkSettings(
        List.of(inputs), List.of(new Dense(1, Activation.LINEAR)), Loss.MSE, optimizer);
  }

  private static NetworkSettings adam(int weights) {
    // One weight is a bias.
    return network(weights - 1, new Optimizer.Adam(0.001, BETA_1, BETA_2, 1e-7));
  }

  /** Adam's moments of some weights, and the number of steps that made them. */
  private record Moments(double[] first, double[] second, int steps) {
    static Moments fresh(int weights) {
      return new Moments(new double[weights], new double[weights], 0);
    }

    static Moments of(LearnerState state) {
      float[] all = state.optimizerState();
      int weights = all.length / 2;
      return new Moments(
          IntStream.range(0, weights).mapToDouble(i -> all[i]).toArray(),
          IntStream.range(weights, all.length).mapToDouble(i -> all[i]).toArray(),
          state.iteration());
    }

    /** Returns the moments after a step: Kingma and Ba 2015, algorithm 1. */
    Moments after(double[] gradients) {
      double[] m = new double[gradients.length];
      double[] v = new double[gradients.length];
      for (int i = 0; i < gradients.length; i++) {
        m[i] = BETA_1 * first[i] + (1 - BETA_1) * gradients[i];
        v[i] = BETA_2 * second[i] + (1 - BETA_2) * gradients[i] * gradients[i];
      }
      return new Moments(m, v, steps + 1);
    }

    LearnerState state() {
      float[] all = new float[2 * first.length];
      for (int i = 0; i < first.length; i++) {
        all[i] = (float) first[i];
        all[first.length + i] = (float) second[i];
      }
      return new LearnerState(new float[first.length], all, steps, 0);
    }
  }

  /** Averages the moments of workers with equal numbers of examples, as a round does. */
  private static LearnerState average(LearnerState start, List<Moments> workers) {
    List<WeightedState> states =
        workers.stream().map(worker -> new WeightedState(worker.state(), 32)).toList();
    List<WholeBatchMoment.Part> parts =
        workers.stream()
            .map(worker -> new WholeBatchMoment.Part(32, worker.steps() - start.iteration()))
            .toList();
    return WholeBatchMoment.of(
        adam(start.weights().length),
        start,
        WeightedAverage.of(states, WeightedAverage.NONE, 1).orElseThrow(),
        parts);
  }

  private static double sum(double[] numbers) {
    return Arrays.stream(numbers).sum();
  }

  /**
   * The gradients of a weight have a mean of their own and, in each worker, noise of deviation 1.
   */
  @Property(tries = 20)
  void momentsOfManyRoundsAreThoseOfOneWorkerWithAllExamples(
      @ForAll @IntRange(min = 2, max = 20) int workers,
      @ForAll @IntRange(min = 1, max = 60) int steps,
      @ForAll @DoubleRange(min = 0, max = 1) double signal,
      @ForAll long seed) {
    Random random = new Random(seed);
    int weights = 500;
    double[] means =
        IntStream.range(0, weights).mapToDouble(i -> signal * random.nextGaussian()).toArray();
    LearnerState state = LearnerState.fresh(new float[weights]);
    Moments alone = Moments.fresh(weights);
    for (int round = 0; round < 1 + 200 / steps; round++) {
      List<Moments> moments = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        moments.add(round == 0 ? Moments.fresh(weights) : Moments.of(state));
      }
      for (int step = 0; step < steps; step++) {
        double[] whole = new double[weights];
        for (int worker = 0; worker < workers; worker++) {
          double[] gradients = Arrays.stream(means).map(mu -> mu + random.nextGaussian()).toArray();
          Arrays.setAll(whole, i -> whole[i] + gradients[i] / workers);
          moments.set(worker, moments.get(worker).after(gradients));
        }
        alone = alone.after(whole);
      }
      state = average(state, moments);
    }
    // With the mean of the workers' second moments the ratio would be up to the number of workers.
    assertThat(sum(Moments.of(state).second()) / sum(alone.second())).isBetween(0.9, 1.15);
  }

  @Property
  void momentsOfEqualGradientsAreThoseOfOneWorker(
      @ForAll @IntRange(min = 1, max = 100) int steps,
      @ForAll @IntRange(min = 2, max = 9) int workers) {
    double[] gradients = {3, -0.5, 0, 1e-3};
    Moments moments = Moments.fresh(4);
    for (int step = 0; step < steps; step++) {
      moments = moments.after(gradients);
    }
    LearnerState averaged =
        average(LearnerState.fresh(new float[4]), Collections.nCopies(workers, moments));
    double[] expected = moments.second();
    double[] found = Moments.of(averaged).second();
    for (int i = 0; i < 4; i++) {
      assertThat(found[i]).isEqualTo(expected[i], within(1e-4 * expected[i]));
    }
  }

  private static final NetworkSettings HALVING =
      network(1, new Optimizer.AdamW(0.001, 0, 0.5, 1e-7, 0, false));

  /** The average of a weight and a bias after one step; both had 8 as second moment before. */
  private static float[] averaged(float first, float second, WholeBatchMoment.Part... parts) {
    LearnerState start = new LearnerState(new float[2], new float[] {0, 0, 8, 8}, 4, 0);
    LearnerState mean =
        new LearnerState(new float[2], new float[] {first, first, second, second}, 5, 0);
    return WholeBatchMoment.of(HALVING, start, mean, List.of(parts)).optimizerState();
  }

  private static WholeBatchMoment.Part part(long examples) {
    return new WholeBatchMoment.Part(examples, 1);
  }

  /** Half of 8 remains. The variance of a mean with weights 3/4 and 1/4 is 5/8. */
  @Example
  void workersCountByTheirShareOfExamples() {
    float expected = 4 + 0.625f * (9 - 4) + 0.375f * 0.5f * 2 * 2;
    assertThat(averaged(2, 9, part(30), part(0), part(10)))
        .containsExactly(2, 2, expected, expected);
  }

  @Example
  void workerWithoutStepsKeepsItsSecondMoment() {
    float kept = 0.75f * 4 + 0.25f * 8;
    float expected = kept + 0.625f * (9 - kept) + 0.375f * (0.75f * 0.5f) * 2 * 2;
    assertThat(averaged(2, 9, part(30), new WholeBatchMoment.Part(10, 0)))
        .containsExactly(2, 2, expected, expected);
  }

  @Example
  void secondMomentNeverExceedsTheMeanOfTheWorkers() {
    assertThat(averaged(100, 9, part(30), part(10))).containsExactly(100, 100, 9, 9);
  }

  @Example
  void averageOfOneWorkerIsLeftAsItIs() {
    assertThat(averaged(2, 9, part(0), part(10))).containsExactly(2, 2, 9, 9);
  }

  @Example
  void optimizersWithoutBothMomentsAreLeftAsTheyAre() {
    LearnerState mean = new LearnerState(new float[2], new float[] {3, 4}, 5, 0);
    for (Optimizer optimizer :
        List.of(new Optimizer.RmsProp(0.001, 1e-7), new Optimizer.Sgd(0.01, 0.9, false))) {
      assertThat(
              WholeBatchMoment.of(network(1, optimizer), mean, mean, List.of(part(30), part(10))))
          .isSameAs(mean);
    }
  }

  /** Batch normalisation divides the state into blocks, each of which has both moments. */
  @Example
  void onlySecondMomentsOfEachMemberAndBlockChange() {
    NetworkSettings member =
        TestNetworks.of(
            """
            network {
              input = [2], loss = mse
              layers = [
                { dense = 3, activation = relu }, { batch-normalization = true }
                { dense = 1, activation = linear }
              ]
              optimizer { name = adam, schedule { name = constant, warmup-steps = 0 } }
            }
            """);
    OptimizerLayout layout = new OptimizerLayout(ParameterLayout.of(member), 2);
    float[] ones = new float[2 * layout.size()];
    Arrays.fill(ones, 1);
    LearnerState mean = new LearnerState(new float[0], ones, 1, 0);
    float[] found =
        WholeBatchMoment.of(
                member.withMembers(2),
                LearnerState.fresh(new float[0]),
                mean,
                List.of(part(10), part(10)))
            .optimizerState();
    float second = 0.5f + 0.5f * 0.001f * 100; // the first moment, without its bias, is 10
    for (int number = 0; number < 2; number++) {
      for (OptimizerLayout.Segment segment : layout.segments(new float[layout.size()])) {
        for (int i = 0; i < segment.count(); i++) {
          assertThat(found[number * layout.size() + segment.offset() + i])
              .isEqualTo(segment.vector() == 0 ? 1 : second, within(1e-6f));
        }
      }
    }
    assertThat(layout.segments(new float[layout.size()])).hasSize(4);
  }
}
