package io.meanfield.train.averaging;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.LearnerState;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A shard's result with the size of its update, measured on its executor.
 *
 * @param updateNorm Euclidean norm of the change of the weights; NaN without examples to average
 */
@DefaultSerializer(JavaSerializer.class)
record MeasuredOutput<R extends Serializable>(
    RoundFunction.RoundOutput<R> output, double updateNorm) implements Serializable {

  static <R extends Serializable> MeasuredOutput<R> of(
      RoundFunction.RoundOutput<R> output, LearnerState start) {
    WeightedState weighted = output.weightedState();
    return new MeasuredOutput<>(
        output,
        weighted.examples() == 0
            ? Double.NaN
            : Distance.between(weighted.state().weights(), start.weights()));
  }

  /** Returns the average of results on the driver, without those that the rule leaves out. */
  static <R extends Serializable> AveragingRound.AveragedResult<R> average(
      List<MeasuredOutput<R>> results, WeightedAveraging averaging) {
    double[] norms = results.stream().mapToDouble(MeasuredOutput::updateNorm).toArray();
    boolean[] outliers = averaging.outliers().outliers(norms);
    List<WeightedState> states = new ArrayList<>();
    for (int i = 0; i < outliers.length; i++) {
      WeightedState state = results.get(i).output().weightedState();
      states.add(outliers[i] ? new WeightedState(state.state(), 0) : state);
    }
    Optional<LearnerState> mean = WeightedAverage.of(states, averaging.logDeviations());
    List<Double> divergences =
        WeightedAverage.divergences(states, mean.orElse(states.get(0).state()));
    List<Contribution> contributions = new ArrayList<>();
    for (int i = 0; i < outliers.length; i++) {
      contributions.add(new Contribution(norms[i], divergences.get(i), outliers[i]));
    }
    return new AveragingRound.AveragedResult<>(
        mean, results.stream().map(result -> result.output().report()).toList(), contributions);
  }
}
