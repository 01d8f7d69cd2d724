package io.meanfield.train.history;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.LearnerState;
import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

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

  /** Returns the state of a member of an ensemble. */
  public TrainingState member(int member, int members) {
    int size = outerMomentum.length / members;
    return new TrainingState(
        learner.member(member, members),
        Arrays.copyOfRange(outerMomentum, member * size, (member + 1) * size));
  }

  /** Returns the state of an ensemble from those of its members. */
  public static TrainingState ofMembers(List<TrainingState> members) {
    FloatBuffer momentum =
        FloatBuffer.allocate(members.stream().mapToInt(each -> each.outerMomentum.length).sum());
    members.forEach(each -> momentum.put(each.outerMomentum));
    return new TrainingState(
        LearnerState.ofMembers(members.stream().map(TrainingState::learner).toList()),
        momentum.array());
  }

  public TrainingState atEpoch(int number) {
    return new TrainingState(learner.atEpoch(number), outerMomentum);
  }

  // Java serialises a float[] number by number, which is slow.
  private Object writeReplace() {
    return new TrainingStateProxy(this);
  }
}
