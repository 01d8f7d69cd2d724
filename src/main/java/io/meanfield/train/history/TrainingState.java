package io.meanfield.train.history;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.LearnerState;
import java.io.Serializable;

/**
 * The state of training between two rounds.
 *
 * @param learner state of the learner from which the next round starts
 * @param outerMomentum momentum of the outer optimizer, one number for each weight; empty if it has
 *     none yet
 */
@DefaultSerializer(JavaSerializer.class)
public record TrainingState(LearnerState learner, float[] outerMomentum) implements Serializable {

  /** Returns the state before the first round, without outer momentum. */
  public static TrainingState initial(LearnerState learner) {
    return new TrainingState(learner, new float[0]);
  }

  public TrainingState atEpoch(int number) {
    return new TrainingState(learner.atEpoch(number), outerMomentum);
  }

  // Java serialises a float[] number by number, which is slow.
  private Object writeReplace() {
    return new TrainingStateProxy(this);
  }
}
