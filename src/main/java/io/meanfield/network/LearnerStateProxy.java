package io.meanfield.network;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * The serialised form of a {@link LearnerState}. Writes the numbers in blocks, because Java's
 * default serialisation writes them one by one. Public only because Java's serialisation requires
 * it.
 */
public final class LearnerStateProxy implements Externalizable {
  private static final long serialVersionUID = 1L;
  private static final int BLOCK_SIZE = 4096; // numbers

  private LearnerState state = LearnerState.fresh(new float[0]);

  /** Creates an empty proxy; Java's serialisation requires this constructor. */
  public LearnerStateProxy() {}

  LearnerStateProxy(LearnerState state) {
    this.state = state;
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    out.writeInt(state.iteration());
    out.writeInt(state.epoch());
    write(state.weights(), out);
    write(state.optimizerState(), out);
  }

  private static void write(float[] values, ObjectOutput out) throws IOException {
    out.writeInt(values.length);
    byte[] block = new byte[BLOCK_SIZE * Float.BYTES];
    for (int first = 0; first < values.length; first += BLOCK_SIZE) {
      int count = Math.min(BLOCK_SIZE, values.length - first);
      floats(block).put(values, first, count);
      out.write(block, 0, count * Float.BYTES);
    }
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException {
    int iteration = in.readInt();
    int epoch = in.readInt();
    state = new LearnerState(read(in), read(in), iteration, epoch);
  }

  private static float[] read(ObjectInput in) throws IOException {
    float[] values = new float[in.readInt()];
    byte[] block = new byte[BLOCK_SIZE * Float.BYTES];
    for (int first = 0; first < values.length; first += BLOCK_SIZE) {
      int count = Math.min(BLOCK_SIZE, values.length - first);
      in.readFully(block, 0, count * Float.BYTES);
      floats(block).get(values, first, count);
    }
    return values;
  }

  private static FloatBuffer floats(byte[] block) {
    return ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  private Object readResolve() {
    return state;
  }
}
