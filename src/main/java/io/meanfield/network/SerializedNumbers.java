package io.meanfield.network;

import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Serialises arrays of numbers in blocks; Java's serialisation writes the numbers one by one. */
public final class SerializedNumbers {
  private static final int BLOCK_SIZE = 4096; // numbers

  private SerializedNumbers() {}

  /** Writes an array, which {@link #read} reads. */
  public static void write(float[] values, ObjectOutput out) throws IOException {
    out.writeInt(values.length);
    byte[] block = new byte[BLOCK_SIZE * Float.BYTES];
    for (int first = 0; first < values.length; first += BLOCK_SIZE) {
      int count = Math.min(BLOCK_SIZE, values.length - first);
      floats(block).put(values, first, count);
      out.write(block, 0, count * Float.BYTES);
    }
  }

  /** Reads an array that {@link #write} has written. */
  public static float[] read(ObjectInput in) throws IOException {
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
}
