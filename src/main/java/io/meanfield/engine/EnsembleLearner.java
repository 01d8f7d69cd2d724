package io.meanfield.engine;

import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.learner.StepResult;
import io.meanfield.network.LearnerState;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An ensemble: predicts the mean of the outputs of its members, which learn from the same
 * minibatches.
 *
 * @param members at least one
 * @param width the number of outputs of a member
 */
record EnsembleLearner(List<Learner> members, int width) implements Learner {
  @Override
  public Device device() {
    return members.get(0).device();
  }

  @Override
  public void restore(LearnerState state) {
    IntStream.range(0, members.size())
        .forEach(i -> members.get(i).restore(state.member(i, members.size())));
  }

  @Override
  public LearnerState state() {
    return LearnerState.ofMembers(members.stream().map(Learner::state).toList());
  }

  /** Trains each member and returns the mean of their results. */
  @Override
  public StepResult fit(Minibatch batch) {
    return members.stream()
        .map(member -> member.fit(batch))
        .reduce(StepResult.NONE, StepResult::plus)
        .dividedBy(members.size());
  }

  @Override
  public void predict(Minibatch batch, float[] outputs) {
    int count = batch.size() * width;
    double[] sums = new double[count];
    for (Learner member : members) {
      member.predict(batch, outputs);
      for (int i = 0; i < count; i++) {
        sums[i] += outputs[i];
      }
    }
    for (int i = 0; i < count; i++) {
      outputs[i] = (float) (sums[i] / members.size());
    }
  }
}
