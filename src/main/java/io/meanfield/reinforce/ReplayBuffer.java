package io.meanfield.reinforce;

import io.meanfield.reinforce.environment.Environment;
import java.util.Arrays;

/** A worker's replay memory during a round: grows and is sampled from. Not thread-safe. */
final class ReplayBuffer {
  private final int capacity;
  private final int width;
  private final int rowWidth;
  private final float[] rows;
  private final float[] fresh;
  private long added;
  private int freshRows;

  /**
   * Copies a memory.
   *
   * @param steps number of transitions that are going to be added
   */
  ReplayBuffer(ReplayMemory memory, int capacity, int steps) {
    this.capacity = capacity;
    this.rowWidth = memory.rowWidth();
    this.width = (rowWidth - 3) / 2;
    this.added = memory.added();
    int most = (int) Math.min(capacity, memory.added() + steps);
    this.rows = Arrays.copyOf(memory.rows(), Math.multiplyExact(most, rowWidth));
    this.fresh = new float[Math.multiplyExact(steps, rowWidth)];
  }

  /** Adds a transition; the oldest one makes room if the memory is full. */
  void add(float[] observation, int action, Environment.Step step, float[] next) {
    int offset = freshRows * rowWidth;
    System.arraycopy(observation, 0, fresh, offset, width);
    fresh[offset + width] = action;
    fresh[offset + width + 1] = (float) step.reward();
    fresh[offset + width + 2] = step.terminated() ? 1 : 0;
    System.arraycopy(next, 0, fresh, offset + width + 3, width);
    int slot = (int) (added % capacity);
    System.arraycopy(fresh, offset, rows, slot * rowWidth, rowWidth);
    freshRows++;
    added++;
  }

  int size() {
    return (int) Math.min(added, capacity);
  }

  /** Returns the rows that were added, in their order. */
  float[] fresh() {
    return Arrays.copyOf(fresh, freshRows * rowWidth);
  }

  void observation(int slot, float[] target, int offset) {
    System.arraycopy(rows, slot * rowWidth, target, offset, width);
  }

  void nextObservation(int slot, float[] target, int offset) {
    System.arraycopy(rows, slot * rowWidth + width + 3, target, offset, width);
  }

  int action(int slot) {
    return (int) rows[slot * rowWidth + width];
  }

  float reward(int slot) {
    return rows[slot * rowWidth + width + 1];
  }

  boolean isTerminated(int slot) {
    return rows[slot * rowWidth + width + 2] == 1;
  }
}
