package io.meanfield.train.checkpoint;

import io.meanfield.network.LearnerState;
import io.meanfield.train.TrainingState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Converts the state of training to bytes and back: magic "MFST", version, epoch, iteration, the
 * lengths of weights, optimizer state and outer momentum, then these three as 32-bit floats; all
 * big-endian.
 */
public final class CheckpointCodec {
  private static final int MAGIC = 0x4d465354;
  private static final int VERSION = 2;
  private static final int HEADER_BYTES = 7 * Integer.BYTES;

  private CheckpointCodec() {}

  public static byte[] toBytes(TrainingState state) {
    LearnerState learner = state.learner();
    List<float[]> parts =
        List.of(learner.weights(), learner.optimizerState(), state.outerMomentum());
    int floats = parts.stream().mapToInt(part -> part.length).reduce(0, Math::addExact);
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.addExact(HEADER_BYTES, Math.multiplyExact(floats, Float.BYTES)));
    bytes.putInt(MAGIC).putInt(VERSION).putInt(learner.epoch()).putInt(learner.iteration());
    parts.forEach(part -> bytes.putInt(part.length));
    FloatBuffer values = bytes.asFloatBuffer();
    parts.forEach(values::put);
    return bytes.array();
  }

  /**
   * Returns the state from bytes whose checksum has been verified.
   *
   * @throws IOException if the bytes are not a checkpoint of this version
   */
  static TrainingState parse(byte[] file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    if (file.length < HEADER_BYTES || bytes.getInt() != MAGIC || bytes.getInt() != VERSION) {
      throw new IOException("not a checkpoint of version " + VERSION);
    }
    int epoch = bytes.getInt();
    int iteration = bytes.getInt();
    int[] lengths = {bytes.getInt(), bytes.getInt(), bytes.getInt()};
    requireLengths(lengths, bytes.remaining());
    float[] weights = new float[lengths[0]];
    float[] optimizerState = new float[lengths[1]];
    float[] outerMomentum = new float[lengths[2]];
    bytes.asFloatBuffer().get(weights).get(optimizerState).get(outerMomentum);
    return new TrainingState(
        new LearnerState(weights, optimizerState, iteration, epoch), outerMomentum);
  }

  /** Throws unless the floats that the header announces fill the rest of the file. */
  private static void requireLengths(int[] lengths, int bytes) throws IOException {
    boolean isNegative = Arrays.stream(lengths).anyMatch(length -> length < 0);
    long announced = Arrays.stream(lengths).asLongStream().sum() * Float.BYTES;
    if (isNegative || announced != bytes) {
      throw new IOException(
          "not a checkpoint: its header announces "
              + Arrays.toString(lengths)
              + " floats, and "
              + bytes
              + " bytes follow");
    }
  }
}
