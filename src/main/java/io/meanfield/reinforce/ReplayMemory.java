package io.meanfield.reinforce;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The last transitions of a worker, in a ring (Lin 1992; Mnih et al. 2015). A row has the
 * observation, the action, the reward, 1 if the episode terminated, and the next observation.
 *
 * @param capacity the number of transitions that it keeps
 * @param width numbers in an observation
 * @param added number of transitions that were added, kept or not
 * @param rows in the order of the ring; callers only read this array
 */
@DefaultSerializer(JavaSerializer.class)
record ReplayMemory(int capacity, int width, long added, float[] rows) implements Serializable {

  /** Returns a memory without transitions. */
  static ReplayMemory empty(int capacity, int observationSize) {
    return new ReplayMemory(capacity, observationSize, 0, new float[0]);
  }

  /** Returns how many numbers a row has. */
  int rowWidth() {
    return 2 * width + 3;
  }

  /** Returns how many transitions are kept. */
  int size() {
    return (int) Math.min(added, capacity);
  }

  /** Returns the size of the kept transitions in bytes. */
  long bytes() {
    return (long) Float.BYTES * rows.length;
  }

  /** Returns the memory after more transitions; the oldest ones make room. */
  ReplayMemory with(float[] more) {
    int row = rowWidth();
    int count = more.length / row;
    int size = (int) Math.min(added + count, capacity);
    float[] next = Arrays.copyOf(rows, size * row);
    for (int i = 0; i < count; i++) {
      int slot = (int) ((added + i) % capacity);
      System.arraycopy(more, i * row, next, slot * row, row);
    }
    return new ReplayMemory(capacity, width, added + count, next);
  }

  // Java serialises a float[] number by number, which is slow.
  private Object writeReplace() {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(rows.length, Float.BYTES));
    bytes.asFloatBuffer().put(rows);
    return new Packed(capacity, width, added, bytes.array());
  }

  /** The serialised form. */
  @DefaultSerializer(JavaSerializer.class)
  private record Packed(int capacity, int width, long added, byte[] bytes) implements Serializable {
    private Object readResolve() {
      float[] rows = new float[bytes.length / Float.BYTES];
      ByteBuffer.wrap(bytes).asFloatBuffer().get(rows);
      return new ReplayMemory(capacity, width, added, rows);
    }
  }
}
