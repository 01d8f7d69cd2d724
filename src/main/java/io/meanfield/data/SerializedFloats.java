package io.meanfield.data;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.Serial;
import java.nio.ByteBuffer;

/**
 * {@link Features.Floats} while they are serialised. Java's serialisation converts an array of
 * floats one by one; this class copies many at a time.
 */
final class SerializedFloats implements Externalizable {
  private static final long serialVersionUID = 1L;
  private static final int BATCH = 2048;

  private float[] values;
  private int width;

  /** Makes an object to read into. */
  public SerializedFloats() {
    this(new float[0], 0);
  }

  SerializedFloats(float[] values, int width) {
    this.values = values;
    this.width = width;
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    out.writeInt(width);
    out.writeInt(values.length);
    ByteBuffer bytes = ByteBuffer.allocate(BATCH * Float.BYTES);
    for (int from = 0; from < values.length; from += BATCH) {
      int count = Math.min(BATCH, values.length - from);
      bytes.asFloatBuffer().put(values, from, count);
      out.write(bytes.array(), 0, count * Float.BYTES);
    }
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException {
    width = in.readInt();
    values = new float[in.readInt()];
    ByteBuffer bytes = ByteBuffer.allocate(BATCH * Float.BYTES);
    for (int from = 0; from < values.length; from += BATCH) {
      int count = Math.min(BATCH, values.length - from);
      in.readFully(bytes.array(), 0, count * Float.BYTES);
      bytes.asFloatBuffer().get(values, from, count);
    }
  }

  @Serial
  private Object readResolve() {
    return new Features.Floats(values, width);
  }
}
