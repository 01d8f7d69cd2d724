package io.meanfield.network;

import java.util.ArrayList;
import java.util.List;

/**
 * The positions of the optimizer's numbers in DL4J's flat state. Running means and deviations have
 * no numbers there. Consecutive weights without one of these between them form a block. Each block
 * stores its vectors one after the other: Adam's first moments of the whole block, then its second
 * moments.
 */
public final class OptimizerLayout {
  private final int statePerWeight;
  private final List<Segment> segments = new ArrayList<>();
  private int size;

  /**
   * A range that is contiguous in a vector of the optimizer and in the flat state: the {@code
   * count} numbers from {@code weight} on in the vector are those from {@code offset} on in the
   * state.
   */
  public record Segment(int vector, int weight, int offset, int count) {}

  /** Creates the layout for an optimizer with {@code statePerWeight} numbers for each weight. */
  public OptimizerLayout(ParameterLayout layout, int statePerWeight) {
    this.statePerWeight = statePerWeight;
    int start = 0;
    for (Parameter parameter : layout.parameters()) {
      if (!parameter.kind().isTrained()) {
        addBlock(start, parameter.offset());
        start = parameter.end();
      }
    }
    addBlock(start, layout.size());
  }

  private void addBlock(int start, int end) {
    int count = end - start;
    for (int vector = 0; count > 0 && vector < statePerWeight; vector++) {
      segments.add(new Segment(vector, start, size, count));
      size += count;
    }
  }

  /** Returns how many numbers the flat state has. */
  public int size() {
    return size;
  }

  /**
   * Returns the segments of a flat state, in the order of the state.
   *
   * @throws IllegalArgumentException if the state does not have {@link #size} numbers
   */
  public List<Segment> segments(float[] state) {
    if (state.length != size) {
      throw new IllegalArgumentException(
          "expected an optimizer state of %s numbers, found %s".formatted(size, state.length));
    }
    return segments;
  }
}
