package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/** The expected outputs of a network, one example after another. */
public sealed interface Targets extends Serializable {
  /** No targets, as in data for predictions. */
  @DefaultSerializer(JavaSerializer.class)
  record Unknown() implements Targets {
    @Override
    public OptionalInt count() {
      return OptionalInt.empty();
    }

    @Override
    public Targets allocate(int count) {
      return this;
    }

    @Override
    public void copyTo(Targets target, int from, int to) {}

    @Override
    public int bytes() {
      return 0;
    }

    @Override
    public void put(int row, ByteBuffer bytes) {}
  }

  /** One class per example, counted from 0. */
  @DefaultSerializer(JavaSerializer.class)
  record Classes(int[] labels) implements Targets {
    @Override
    public OptionalInt count() {
      return OptionalInt.of(labels.length);
    }

    @Override
    public Targets allocate(int count) {
      return new Classes(new int[count]);
    }

    @Override
    public void copyTo(Targets target, int from, int to) {
      ((Classes) target).labels[to] = labels[from];
    }

    @Override
    public int bytes() {
      return Integer.BYTES;
    }

    @Override
    public void put(int row, ByteBuffer bytes) {
      bytes.putInt(labels[row]);
    }
  }

  /** {@code width} numbers per example. */
  @DefaultSerializer(JavaSerializer.class)
  record Values(float[] values, int width) implements Targets {
    @Override
    public OptionalInt count() {
      return OptionalInt.of(values.length / width);
    }

    @Override
    public Targets allocate(int count) {
      return new Values(new float[Math.multiplyExact(count, width)], width);
    }

    @Override
    public void copyTo(Targets target, int from, int to) {
      System.arraycopy(values, from * width, ((Values) target).values, to * width, width);
    }

    @Override
    public int bytes() {
      return Math.multiplyExact(width, Float.BYTES);
    }

    @Override
    public void put(int row, ByteBuffer bytes) {
      for (int i = row * width; i < (row + 1) * width; i++) {
        bytes.putFloat(values[i]);
      }
    }
  }

  /** Returns the number of examples that have these targets; empty if there are no targets. */
  OptionalInt count();

  /** Returns targets of the same kind for {@code count} examples, to be filled. */
  Targets allocate(int count);

  /** Copies example {@code from} to row {@code to} of targets of the same kind. */
  void copyTo(Targets target, int from, int to);

  /** The number of bytes of an example in a digest. */
  int bytes();

  /** Writes the bits of example {@code row}, each number with the largest bits first. */
  void put(int row, ByteBuffer bytes);
}
