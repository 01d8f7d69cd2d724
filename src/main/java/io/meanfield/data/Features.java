package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.security.MessageDigest;

/** What a network sees of examples, example by example, in the type in which it was read. */
public sealed interface Features extends Serializable {
  /** Images, an unsigned byte a pixel; a network sees them scaled to 0 … 1. */
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
    public void digest(int row, MessageDigest digest) {
      digest.update(values, row * width, width);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.pixels(this);
    }
  }

  /** Numbers as a network sees them. */
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
    public void digest(int row, MessageDigest digest) {
      digest.update(BigEndian.of(values, row * width, width));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.floats(this);
    }
  }

  /** Numbers of one example. */
  int width();

  /** Numbers of all examples. */
  int length();

  /** Writes what a network sees of example {@code row} to {@code target} from {@code offset} on. */
  void write(int row, float[] target, int offset);

  /** Features of the same kind for {@code count} examples, to be filled. */
  Features allocate(int count);

  /** Copies example {@code from} to the place {@code to} of features of the same kind. */
  void copyTo(Features target, int from, int to);

  /** Adds the bits of example {@code row}. */
  void digest(int row, MessageDigest digest);

  /** Calls the visitor's method for this kind of features. */
  <R> R accept(Visitor<R> visitor);

  /** One method for each kind of features. */
  interface Visitor<R> {
    R pixels(Pixels pixels);

    R floats(Floats floats);
  }
}
