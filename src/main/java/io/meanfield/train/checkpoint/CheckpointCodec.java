package io.meanfield.train.checkpoint;

import io.meanfield.network.LearnerState;
import io.meanfield.train.history.TrainingState;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Converts the state of training to bytes and back: epoch, iteration, the lengths of weights,
 * optimizer state and outer momentum, then these three as 32-bit floats; all big-endian.
 */
public final class CheckpointCodec {
  private static final int HEADER_BYTES = 5 * Integer.BYTES;

  private CheckpointCodec() {}

  public static byte[] toBytes(TrainingState state) {
    LearnerState learner = state.learner();
    List<float[]> parts =
        List.of(learner.weights(), learner.optimizerState(), state.outerMomentum());
    int floats = parts.stream().mapToInt(part -> part.length).reduce(0, Math::addExact);
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.addExact(HEADER_BYTES, Math.multiplyExact(floats, Float.BYTES)));
    bytes.putInt(learner.epoch()).putInt(learner.iteration());
    parts.forEach(part -> bytes.putInt(part.length));
    FloatBuffer values = bytes.asFloatBuffer();
    parts.forEach(values::put);
    return bytes.array();
  }

  /** Returns the state from bytes whose checksum has been verified. */
  static TrainingState parse(byte[] file) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    int epoch = bytes.getInt();
    int iteration = bytes.getInt();
    float[] weights = new float[bytes.getInt()];
    float[] optimizerState = new float[bytes.getInt()];
    float[] outerMomentum = new float[bytes.getInt()];
    bytes.asFloatBuffer().get(weights).get(optimizerState).get(outerMomentum);
    return new TrainingState(
        new LearnerState(weights, optimizerState, iteration, epoch), outerMomentum);
  }
}
