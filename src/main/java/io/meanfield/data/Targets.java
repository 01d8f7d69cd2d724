package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** What a network should output for examples. */
public sealed interface Targets extends Serializable {
  /** No targets; for predictions. */
  @DefaultSerializer(JavaSerializer.class)
  record Unknown() implements Targets {
    @Override
    public Targets allocate(int count) {
      return this;
    }

    @Override
    public void copyTo(Targets target, int from, int to) {}

    @Override
    public void digest(int row, MessageDigest digest) {}

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.unknown(this);
    }
  }

  /** A class for each example, from 0. */
  @DefaultSerializer(JavaSerializer.class)
  record Classes(int[] labels) implements Targets {
    @Override
    public Targets allocate(int count) {
      return new Classes(new int[count]);
    }

    @Override
    public void copyTo(Targets target, int from, int to) {
      ((Classes) target).labels[to] = labels[from];
    }

    @Override
    public void digest(int row, MessageDigest digest) {
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(labels[row]).array());
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.classes(this);
    }
  }

  /** {@code width} numbers for each example, example by example. */
  @DefaultSerializer(JavaSerializer.class)
  record Values(float[] values, int width) implements Targets {
    @Override
    public Targets allocate(int count) {
      return new Values(new float[Math.multiplyExact(count, width)], width);
    }

    @Override
    public void copyTo(Targets target, int from, int to) {
      System.arraycopy(values, from * width, ((Values) target).values, to * width, width);
    }

    @Override
    public void digest(int row, MessageDigest digest) {
      digest.update(BigEndian.of(values, row * width, width));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.values(this);
    }
  }

  /** Targets of the same kind for {@code count} examples, to be filled. */
  Targets allocate(int count);

  /** Copies example {@code from} to the place {@code to} of targets of the same kind. */
  void copyTo(Targets target, int from, int to);

  /** Adds the bits of example {@code row}. */
  void digest(int row, MessageDigest digest);

  /** Calls the visitor's method for this kind of targets. */
  <R> R accept(Visitor<R> visitor);

  /** One method for each kind of targets. */
  interface Visitor<R> {
    R unknown(Unknown unknown);

    R classes(Classes classes);

    R values(Values values);
  }
}
