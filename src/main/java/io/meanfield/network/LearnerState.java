package io.meanfield.network;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Everything that a learner carries from one minibatch to the next.
 *
 * @param weights in DL4J's flat layout, on every engine
 * @param optimizerState in the order of {@link OptimizerLayout}; empty for a fresh optimizer
 * @param iteration number of minibatches trained so far; determines the learning rate of schedules
 *     and Adam's bias correction
 * @param epoch number of epochs trained so far
 */
@DefaultSerializer(JavaSerializer.class)
public record LearnerState(float[] weights, float[] optimizerState, int iteration, int epoch)
    implements Serializable {

  /** Returns the state before the first step: these weights and a fresh optimizer. */
  public static LearnerState fresh(float[] weights) {
    return new LearnerState(weights, new float[0], 0, 0);
  }

  /** Returns the same state with another number of epochs. */
  public LearnerState atEpoch(int number) {
    return new LearnerState(weights, optimizerState, iteration, number);
  }

  /** Returns the same optimizer state and counters with other weights. */
  public LearnerState withWeights(float[] other) {
    return new LearnerState(other, optimizerState, iteration, epoch);
  }

  /** Returns the same weights and counters with a fresh optimizer. */
  public LearnerState withoutOptimizerState() {
    return new LearnerState(weights, new float[0], iteration, epoch);
  }

  /** Returns the state of a member of an ensemble. */
  public LearnerState member(int member, int members) {
    return new LearnerState(
        part(weights, member, members), part(optimizerState, member, members), iteration, epoch);
  }

  private static float[] part(float[] values, int part, int parts) {
    int size = values.length / parts;
    return Arrays.copyOfRange(values, part * size, (part + 1) * size);
  }

  /**
   * Returns the state of an ensemble from those of its members. A member with a larger fold may
   * have trained on one minibatch less; the counters are the largest.
   */
  public static LearnerState ofMembers(List<LearnerState> members) {
    LearnerState first = members.get(0);
    return members.size() == 1
        ? first
        : new LearnerState(
            joined(members, LearnerState::weights),
            joined(members, LearnerState::optimizerState),
            members.stream().mapToInt(LearnerState::iteration).max().orElseThrow(),
            first.epoch);
  }

  private static float[] joined(
      List<LearnerState> members, Function<LearnerState, float[]> values) {
    int count = members.stream().mapToInt(member -> values.apply(member).length).sum();
    FloatBuffer all = FloatBuffer.allocate(count);
    members.forEach(member -> all.put(values.apply(member)));
    return all.array();
  }

  /** Returns the size of weights and optimizer state in bytes. */
  public long bytes() {
    return (long) Float.BYTES * (weights.length + (long) optimizerState.length);
  }

  // Java serialises a float[] number by number, which is slow.
  private Object writeReplace() {
    return new LearnerStateProxy(this);
  }

  /** Returns whether every weight and every number of the optimizer's state is finite. */
  public boolean isFinite() {
    return isFinite(weights) && isFinite(optimizerState);
  }

  /** Returns the SHA-256 of the weights as big-endian 32-bit floats, in hexadecimal. */
  public String weightsSha256() {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(weights.length, Float.BYTES));
    bytes.asFloatBuffer().put(weights);
    return DigestUtils.sha256Hex(bytes.array());
  }

  /** Returns whether every number is finite. */
  public static boolean isFinite(float[] values) {
    // 0 * x is 0 for a finite x, else NaN. With four sums the additions do not wait for each other.
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int i = 0;
    for (; i + 3 < values.length; i += 4) {
      a += 0 * values[i];
      b += 0 * values[i + 1];
      c += 0 * values[i + 2];
      d += 0 * values[i + 3];
    }
    for (; i < values.length; i++) {
      a += 0 * values[i];
    }
    return a + b + c + d == 0;
  }
}
