package io.meanfield.train;

import io.meanfield.network.LearnerState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A learner's state as bytes: magic "MFST", version, epoch, iteration, the number of weights and of
 * the optimizer's numbers, then both as 32-bit floats; all big-endian.
 */
final class StateFile {
  private static final int MAGIC = 0x4d465354;
  private static final int VERSION = 1;
  private static final int HEADER_BYTES = 6 * Integer.BYTES;

  private StateFile() {}

  static byte[] toBytes(LearnerState state) {
    int floats = Math.addExact(state.weights().length, state.optimizerState().length);
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.addExact(HEADER_BYTES, Math.multiplyExact(floats, Float.BYTES)));
    bytes.putInt(MAGIC).putInt(VERSION).putInt(state.epoch()).putInt(state.iteration());
    bytes.putInt(state.weights().length).putInt(state.optimizerState().length);
    bytes.asFloatBuffer().put(state.weights()).put(state.optimizerState());
    return bytes.array();
  }

  /** The state, from bytes whose checksum has been compared. */
  static LearnerState parse(byte[] file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    if (file.length < HEADER_BYTES || bytes.getInt() != MAGIC || bytes.getInt() != VERSION) {
      throw new IOException("not a checkpoint of version " + VERSION);
    }
    int epoch = bytes.getInt();
    int iteration = bytes.getInt();
    float[] weights = new float[bytes.getInt()];
    float[] optimizerState = new float[bytes.getInt()];
    FloatBuffer floats = bytes.asFloatBuffer();
    floats.get(weights).get(optimizerState);
    return new LearnerState(weights, optimizerState, iteration, epoch);
  }

  static String sha256(byte[] file) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
