package io.meanfield.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.learner.StepResult;
import io.meanfield.network.LearnerState;
import io.meanfield.network.TaskType;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PooledLearnerTest {
  private static final Minibatch BATCH = new Minibatch(1, 1, 1, TaskType.REGRESSION);

  /** A learner with one weight, to which a step adds 1 and which is its only output. */
  private static final class OneWeight implements Learner {
    private float weight;
    private int restored;

    @Override
    public void restore(LearnerState state) {
      weight = state.weights()[0];
      restored++;
    }

    @Override
    public LearnerState state() {
      return weight(weight);
    }

    @Override
    public StepResult fit(Minibatch batch) {
      weight++;
      return StepResult.NONE;
    }

    @Override
    public void predict(Minibatch batch, float[] outputs) {
      outputs[0] = weight;
    }
  }

  private static LearnerState weight(float weight) {
    return LearnerState.fresh(new float[] {weight});
  }

  private static float predict(PooledLearner learner, LearnerState state) {
    float[] outputs = new float[1];
    learner.withState(state).predict(BATCH, outputs);
    return outputs[0];
  }

  @Test
  void weightsAreCopiedOnceForManyPredictions() {
    OneWeight counting = new OneWeight();
    PooledLearner learner = new PooledLearner(counting);
    LearnerState state = weight(3);
    assertThat(predict(learner, state)).isEqualTo(3);
    assertThat(predict(learner, state)).isEqualTo(3);
    assertThat(counting.restored).isEqualTo(1);
  }

  @Test
  void otherStatesAndTrainingBetweenPredictionsChangeNone() {
    LearnerState state = weight(3);
    List<Consumer<PooledLearner>> others =
        List.of(
            learner -> predict(learner, weight(5)),
            learner -> learner.learner().restore(weight(5)),
            learner -> learner.learner().fit(BATCH));
    for (Consumer<PooledLearner> other : others) {
      OneWeight counting = new OneWeight();
      PooledLearner learner = new PooledLearner(counting);
      assertThat(predict(learner, state)).isEqualTo(3);
      other.accept(learner);
      assertThat(counting.weight).isNotEqualTo(3);
      assertThat(predict(learner, state)).isEqualTo(3);
    }
  }
}
