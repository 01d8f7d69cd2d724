package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** The expected outputs of a network, one example after another. */
public sealed interface Targets extends Serializable {
  /** No targets, as in data for predictions. */
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

  /** One class per example, counted from 0. */
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

  /** {@code width} numbers per example. */
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

  /** Returns targets of the same kind for {@code count} examples, to be filled. */
  Targets allocate(int count);

  /** Copies example {@code from} to row {@code to} of targets of the same kind. */
  void copyTo(Targets target, int from, int to);

  /** Adds the bits of example {@code row} to the digest. */
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
