package io.meanfield.reinforce;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The last transitions of a worker, in a ring (Lin 1992; Mnih et al. 2015). A row has the
 * observation, the action, the reward, 1 if the episode terminated, and the next observation.
 */
final class ReplayMemory implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int capacity;
  private final int width;
  private final long added;
  private final float[] rows;

  private ReplayMemory(int capacity, int width, long added, float[] rows) {
    this.capacity = capacity;
    this.width = width;
    this.added = added;
    this.rows = rows;
  }

  /**
   * Returns a memory without transitions.
   *
   * @param capacity the number of transitions that it keeps
   * @param observationSize numbers in an observation
   */
  static ReplayMemory empty(int capacity, int observationSize) {
    return new ReplayMemory(capacity, observationSize, 0, new float[0]);
  }

  /**
   * Returns a memory of stored rows.
   *
   * @param added number of transitions that were added, kept or not
   * @param rows in the order of the ring
   * @throws IllegalArgumentException if no memory has this number of rows
   */
  static ReplayMemory of(int capacity, int observationSize, long added, float[] rows) {
    ReplayMemory memory = new ReplayMemory(capacity, observationSize, added, rows);
    if (added < 0 || rows.length != (long) memory.size() * memory.rowWidth()) {
      throw new IllegalArgumentException(
          "expected "
              + memory.size()
              + " rows of "
              + memory.rowWidth()
              + " numbers, found "
              + rows.length
              + " numbers");
    }
    return memory;
  }

  /** Returns how many numbers a row has. */
  int rowWidth() {
    return rowWidth(width);
  }

  /** Returns how many numbers a row has for observations of a size. */
  static int rowWidth(int observationSize) {
    return 2 * observationSize + 3;
  }

  /** Returns how many transitions are kept. */
  int size() {
    return (int) Math.min(added, capacity);
  }

  /** Returns the size of the kept transitions in bytes. */
  long bytes() {
    return (long) Float.BYTES * rows.length;
  }

  /** Returns whether each transition has one of the actions from 0 to {@code actions - 1}. */
  boolean hasActionsBelow(int actions) {
    for (int i = width; i < rows.length; i += rowWidth()) {
      if (rows[i] != Math.rint(rows[i]) || rows[i] < 0 || rows[i] >= actions) {
        return false;
      }
    }
    return true;
  }

  /** Returns how many transitions were added, kept or not. */
  long added() {
    return added;
  }

  /** Returns the rows in the order of the ring. Callers only read this array. */
  float[] rows() {
    return rows;
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
