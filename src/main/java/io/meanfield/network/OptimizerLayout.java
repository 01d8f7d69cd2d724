package io.meanfield.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the optimizer's numbers lie in DL4J's flat state: weights that follow each other without a
 * running mean or deviation between them are a block, visible biases one of their own, and for each
 * block its vectors stand one behind the other, Adam's first moments of the whole block before its
 * second ones.
 */
public final class OptimizerLayout {
  private final int weights;
  private final int perWeight;
  private final List<Range> blocks = new ArrayList<>();

  /** The layout for an optimizer with {@code perWeight} numbers for each weight. */
  public OptimizerLayout(Layout layout, int perWeight) {
    this.weights = layout.size();
    this.perWeight = perWeight;
    int start = 0;
    for (Parameter parameter : layout.parameters()) {
      boolean alone = parameter.kind() == Parameter.Kind.VISIBLE_BIAS;
      if (alone || !parameter.kind().isTrained()) {
        addBlock(start, parameter.offset());
        addBlock(parameter.offset(), alone ? parameter.end() : parameter.offset());
        start = parameter.end();
      }
    }
    addBlock(start, weights);
  }

  private void addBlock(int start, int end) {
    if (end > start) {
      blocks.add(new Range(start, end));
    }
  }

  /** How many numbers the flat state has. */
  public int size() {
    return perWeight * blocks.stream().mapToInt(Range::size).sum();
  }

  /**
   * The flat state as vectors as long as the weights; what belongs to no block is 0.
   *
   * @throws IllegalArgumentException if it has another length
   */
  public float[][] split(float[] state) {
    if (state.length != size()) {
      throw new IllegalArgumentException(
          "expected an optimizer state of " + size() + " numbers, found " + state.length);
    }
    float[][] vectors = new float[perWeight][weights];
    int next = 0;
    for (Range block : blocks) {
      for (float[] vector : vectors) {
        System.arraycopy(state, next, vector, block.start(), block.size());
        next += block.size();
      }
    }
    return vectors;
  }

  /** The vectors as one flat state. */
  public float[] join(float[][] vectors) {
    float[] state = new float[size()];
    int next = 0;
    for (Range block : blocks) {
      for (float[] vector : vectors) {
        System.arraycopy(vector, block.start(), state, next, block.size());
        next += block.size();
      }
    }
    return state;
  }
}
