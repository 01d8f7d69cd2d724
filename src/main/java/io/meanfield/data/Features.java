package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serial;
import java.io.Serializable;
import java.nio.ByteBuffer;

/** The inputs of a network, one example after another, in the type in which they were read. */
public sealed interface Features extends Serializable {
  /** Images with one unsigned byte per pixel; a network sees them scaled to 0 … 1. */
  @DefaultSerializer(JavaSerializer.class)
  record Pixels(byte[] values, int width) implements Features {
    @Override
    public int length() {
      return values.length;
    }

    @Override
    public void write(int row, float[] target, int offset) {
      int start = row * width;
      for (int pixel = 0; pixel < width; pixel++) {
        target[offset + pixel] = PixelScale.scaled(values[start + pixel]);
      }
    }

    @Override
    public Features allocate(int count) {
      return new Pixels(new byte[Math.multiplyExact(count, width)], width);
    }

    @Override
    public void copyTo(Features target, int from, int to) {
      System.arraycopy(values, from * width, ((Pixels) target).values, to * width, width);
    }

    @Override
    public int bytes() {
      return width;
    }

    @Override
    public void put(int row, ByteBuffer bytes) {
      bytes.put(values, row * width, width);
    }
  }

  /** Values that a network sees unchanged. */
  @DefaultSerializer(JavaSerializer.class)
  record Floats(float[] values, int width) implements Features {
    @Override
    public int length() {
      return values.length;
    }

    @Override
    public void write(int row, float[] target, int offset) {
      System.arraycopy(values, row * width, target, offset, width);
    }

    @Override
    public Features allocate(int count) {
      return new Floats(new float[Math.multiplyExact(count, width)], width);
    }

    @Override
    public void copyTo(Features target, int from, int to) {
      System.arraycopy(values, from * width, ((Floats) target).values, to * width, width);
    }

    @Override
    public int bytes() {
      return Math.multiplyExact(width, Float.BYTES);
    }

    @Override
    public void put(int row, ByteBuffer bytes) {
      bytes.asFloatBuffer().put(values, row * width, width);
      bytes.position(bytes.position() + bytes());
    }

    @Serial
    private Object writeReplace() {
      return new SerializedFloats(values, width);
    }
  }

  /** The number of values of one example. */
  int width();

  /** The number of values of all examples. */
  int length();

  /** Writes what a network sees of example {@code row} to {@code target} from {@code offset} on. */
  void write(int row, float[] target, int offset);

  /** Returns features of the same kind for {@code count} examples, to be filled. */
  Features allocate(int count);

  /** Copies example {@code from} to row {@code to} of features of the same kind. */
  void copyTo(Features target, int from, int to);

  /** The number of bytes of an example in a digest. */
  int bytes();

  /** Writes the bits of example {@code row}, each number with the largest bits first. */
  void put(int row, ByteBuffer bytes);
}
