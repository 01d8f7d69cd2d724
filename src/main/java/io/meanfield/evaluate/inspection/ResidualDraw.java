package io.meanfield.evaluate.inspection;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.evaluate.metric.PredictionBlock;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Draws random examples of a regression with their targets and outputs.
 *
 * @param share of the examples that are drawn, up to 1
 */
@DefaultSerializer(JavaSerializer.class)
record ResidualDraw(double share, long seed) implements Serializable {
  private static final int MOST = 10_000;
  private static final int MOST_NUMBERS = 1_000_000;

  /** One example. */
  @DefaultSerializer(JavaSerializer.class)
  record Drawn(double place, float[] targets, float[] outputs) implements Serializable {}

  /**
   * Draws about {@value #MOST} of so many examples; fewer if they are wide.
   *
   * @param width the number of outputs
   */
  static ResidualDraw of(long count, int width, long seed) {
    int most = Math.max(1, Math.min(MOST, MOST_NUMBERS / width));
    return new ResidualDraw(Math.min(1, (double) most / Math.max(1, count)), seed);
  }

  /** Returns the examples of a block that are drawn. */
  Stream<Drawn> of(PredictionBlock block) {
    return IntStream.range(0, block.count())
        .filter(row -> place(block, row) < share)
        .mapToObj(row -> new Drawn(place(block, row), block.targets(row), block.outputs(row)));
  }

  private double place(PredictionBlock block, int row) {
    return SampleKind.place(seed, block.ids()[row]);
  }

  /** Returns the residuals of drawn examples, in a random order that their ids determine. */
  static Residuals residuals(List<Drawn> drawn, int width) {
    List<Drawn> ordered = drawn.stream().sorted(Comparator.comparingDouble(Drawn::place)).toList();
    float[] targets = new float[ordered.size() * width];
    float[] outputs = new float[ordered.size() * width];
    for (int row = 0; row < ordered.size(); row++) {
      System.arraycopy(ordered.get(row).targets(), 0, targets, row * width, width);
      System.arraycopy(ordered.get(row).outputs(), 0, outputs, row * width, width);
    }
    return new Residuals(width, targets, outputs);
  }
}
