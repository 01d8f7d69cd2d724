package io.meanfield.train.checkpoint;

import io.meanfield.network.LearnerState;
import io.meanfield.train.TrainingState;
import io.meanfield.train.averaging.NormStatistics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Converts the state of training to bytes and back: magic "MFST", version, epoch, iteration, the
 * lengths of weights, optimizer state and outer momentum, then these three as 32-bit floats; all
 * big-endian. A state with a weight history or norms has version 3: after the lengths come the
 * number of vectors of the history, and the rounds, mean and variance of the norms; the history
 * comes last.
 */
public final class CheckpointCodec {
  private static final int MAGIC = 0x4d465354;
  private static final int VERSION = 2;
  private static final int VERSION_WITH_HISTORY = 3;
  private static final int HEADER_BYTES = 7 * Integer.BYTES;
  private static final int HISTORY_BYTES = 2 * Integer.BYTES + 2 * Double.BYTES;

  private CheckpointCodec() {}

  /** The file is not a checkpoint of a version that this code reads. */
  static final class OtherVersion extends IOException {
    private static final long serialVersionUID = 1L;

    OtherVersion() {
      super("not a checkpoint of version " + VERSION + " or " + VERSION_WITH_HISTORY);
    }
  }

  public static byte[] toBytes(TrainingState state) {
    LearnerState learner = state.learner();
    List<float[]> lengths =
        List.of(learner.weights(), learner.optimizerState(), state.outerMomentum());
    List<float[]> parts = Stream.concat(lengths.stream(), state.weightHistory().stream()).toList();
    int floats = parts.stream().mapToInt(part -> part.length).reduce(0, Math::addExact);
    boolean hasHistory =
        !state.weightHistory().isEmpty() || !state.norms().equals(NormStatistics.NONE);
    int header = HEADER_BYTES + (hasHistory ? HISTORY_BYTES : 0);
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.addExact(header, Math.multiplyExact(floats, Float.BYTES)));
    bytes.putInt(MAGIC).putInt(hasHistory ? VERSION_WITH_HISTORY : VERSION);
    bytes.putInt(learner.epoch()).putInt(learner.iteration());
    lengths.forEach(part -> bytes.putInt(part.length));
    if (hasHistory) {
      NormStatistics norms = state.norms();
      bytes.putInt(state.weightHistory().size()).putInt(norms.rounds());
      bytes.putDouble(norms.mean()).putDouble(norms.variance());
    }
    FloatBuffer values = bytes.asFloatBuffer();
    parts.forEach(values::put);
    return bytes.array();
  }

  /**
   * Returns the state from bytes whose checksum has been verified.
   *
   * @throws OtherVersion if the bytes are not a checkpoint of this version
   * @throws IOException if they are damaged; the message follows a colon
   */
  static TrainingState parse(byte[] file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    boolean hasHistory = version(bytes) == VERSION_WITH_HISTORY;
    int epoch = bytes.getInt();
    int iteration = bytes.getInt();
    int[] lengths = {bytes.getInt(), bytes.getInt(), bytes.getInt()};
    int vectors = hasHistory ? bytes.getInt() : 0;
    NormStatistics norms =
        hasHistory
            ? new NormStatistics(bytes.getInt(), bytes.getDouble(), bytes.getDouble())
            : NormStatistics.NONE;
    requireLengths(lengths, vectors, bytes.remaining());
    FloatBuffer values = bytes.asFloatBuffer();
    float[] weights = next(values, lengths[0]);
    float[] optimizerState = next(values, lengths[1]);
    float[] outerMomentum = next(values, lengths[2]);
    List<float[]> history = new ArrayList<>();
    for (int i = 0; i < vectors; i++) {
      history.add(next(values, weights.length));
    }
    return new TrainingState(
        new LearnerState(weights, optimizerState, iteration, epoch), outerMomentum, history, norms);
  }

  /** Reads magic and version, and throws unless the header is complete. */
  private static int version(ByteBuffer bytes) throws OtherVersion {
    int length = bytes.remaining();
    if (length >= HEADER_BYTES && bytes.getInt() == MAGIC) {
      int version = bytes.getInt();
      boolean isWhole = version == VERSION_WITH_HISTORY && length >= HEADER_BYTES + HISTORY_BYTES;
      if (isWhole || version == VERSION) {
        return version;
      }
    }
    throw new OtherVersion();
  }

  private static float[] next(FloatBuffer values, int length) {
    float[] next = new float[length];
    values.get(next);
    return next;
  }

  /** Throws unless the floats that the header announces fill the rest of the file. */
  private static void requireLengths(int[] lengths, int vectors, int bytes) throws IOException {
    boolean isImpossible =
        vectors < 0 || vectors > bytes || Arrays.stream(lengths).anyMatch(length -> length < 0);
    long announced =
        (Arrays.stream(lengths).asLongStream().sum() + (long) vectors * lengths[0]) * Float.BYTES;
    if (isImpossible || announced != bytes) {
      throw new IOException(
          "its header announces "
              + Arrays.toString(lengths)
              + " floats"
              + (vectors == 0 ? "" : " and " + vectors + " vectors of weights")
              + ", and "
              + bytes
              + " bytes follow");
    }
  }
}
