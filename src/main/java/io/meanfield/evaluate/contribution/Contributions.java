package io.meanfield.evaluate.contribution;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.batch.ForwardPass;
import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.Targets;
import io.meanfield.data.encoding.ColumnGroup;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.random.Permutation;
import io.meanfield.random.SplitMix64;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Shapley values by sampled permutations (Strumbelj and Kononenko 2014, "Explaining prediction
 * models and individual predictions with feature contributions"). From each background row, the
 * columns of the row to explain are put in one after the other, in a random order; a column
 * contributes the change of the score when it comes in, in the mean over the background rows. Two
 * background rows share an order and its reverse, so that of two columns that interact each comes
 * first equally often. The contributions and the mean score of the background rows add up to the
 * score of the row, whatever the network is. All inputs of a column are replaced together.
 *
 * <p>The network computes the rows between a background row and the row to explain in minibatches
 * of their own, and a hash of the row chooses the orders, so the bits depend on the row and the
 * model alone.
 *
 * @param background the inputs of the background rows, one after the other
 */
@DefaultSerializer(JavaSerializer.class)
public record Contributions(
    EngineNetwork network, ExplainedScore score, List<ColumnGroup> columns, float[] background)
    implements Serializable {
  private static final int MOST_PASSES = 256; // through the network for a row

  /**
   * The contributions to the score of one row.
   *
   * @param cls the class that is explained; 0 in a regression
   * @param base the mean score of the background rows
   * @param columns one number for each column
   * @param score of the row: the sum of base and contributions
   */
  @DefaultSerializer(JavaSerializer.class)
  public record OfRow(int cls, double base, double[] columns, double score)
      implements Serializable {}

  /** Returns whether {@link #of} can explain the rows of a model. */
  public static boolean isPossible(TableEncoder encoder, OutputSpec outputs) {
    return !encoder.background().isEmpty() && ExplainedScore.isPossible(outputs);
  }

  /**
   * Returns what explains the rows of a model.
   *
   * @throws UserException if the model is of no table, has no background rows, or predicts several
   *     numbers or labels
   */
  public static Contributions of(EngineNetwork network, TableEncoder encoder, OutputSpec outputs) {
    ExplainedScore score = new ExplainedScore(outputs);
    if (encoder.background().isEmpty()) {
      throw UserException.of(
          ErrorCode.MODEL_UNUSABLE,
          "the model has no background rows in its encodings.json, with which contributions compare"
              + " a row: it was trained on images, or by an earlier version; train it again");
    }
    List<ColumnGroup> columns = ColumnGroup.of(encoder, network.inputs());
    int rows = Math.min(encoder.background().size(), rows(columns.size()));
    float[] background = new float[rows * network.inputs()];
    for (int row = 0; row < rows; row++) {
      List<Float> inputs = encoder.background().get(row);
      for (int i = 0; i < network.inputs(); i++) {
        background[row * network.inputs() + i] = inputs.get(i);
      }
    }
    return new Contributions(network, score, columns, background);
  }

  /** Returns the number of background rows for a number of columns: an even one. */
  static int rows(int columns) {
    int affordable = MOST_PASSES / Math.max(1, columns);
    return Math.max(
        BackgroundRows.FEWEST, Math.min(BackgroundRows.MOST, affordable - affordable % 2));
  }

  /** Returns the names of the columns. */
  public List<String> names() {
    return columns.stream().map(ColumnGroup::column).toList();
  }

  private int width() {
    return network.inputs();
  }

  private int rows() {
    return background.length / width();
  }

  /** Returns the contributions to the scores of examples, computed in this process. */
  public List<OfRow> of(LearnerState state, Examples examples) {
    float[] outputs = ForwardPass.outputs(network, state, examples(background));
    return IntStream.range(0, examples.count())
        .mapToObj(row -> of(state, examples, row, outputs))
        .toList();
  }

  private Examples examples(float[] inputs) {
    return new Examples(
        new long[inputs.length / width()],
        new Features.Floats(inputs, width()),
        new Targets.Unknown());
  }

  private OfRow of(LearnerState state, Examples examples, int row, float[] ofBackground) {
    float[] own = new float[width()];
    examples.features().write(row, own, 0);
    long hash = hash(own);
    Walk[] walks = new Walk[rows()];
    Arrays.setAll(walks, start -> new Walk(start, order(hash, start), own));
    float[] inputs = new float[(1 + rows() * (columns.size() - 1)) * width()];
    System.arraycopy(own, 0, inputs, 0, width());
    int count = 1;
    for (Walk walk : walks) {
      count = walk.write(own, inputs, count);
    }
    float[] outputs =
        ForwardPass.outputs(network, state, examples(Arrays.copyOf(inputs, count * width())));
    int cls = score.cls(outputs, 0);
    double[] sums = new double[columns.size()];
    double base = 0;
    for (Walk walk : walks) {
      double first = score.of(ofBackground, walk.start * network.outputs(), cls);
      walk.add(first, outputs, cls, sums);
      base += first;
    }
    return new OfRow(
        cls,
        base / rows(),
        Arrays.stream(sums).map(sum -> sum / rows()).toArray(),
        score.of(outputs, 0, cls));
  }

  private static long hash(float[] inputs) {
    long hash = inputs.length;
    for (float input : inputs) {
      hash = SplitMix64.mix(hash ^ Float.floatToIntBits(input));
    }
    return hash;
  }

  /** Returns the order in which columns come in; that of an odd row is the reverse. */
  private int[] order(long row, int start) {
    int count = columns.size();
    Permutation permutation = new Permutation(count, Permutation.key(row, start / 2));
    int[] order = IntStream.range(0, count).map(i -> (int) permutation.apply(i)).toArray();
    return start % 2 == 0
        ? order
        : IntStream.range(0, count).map(i -> order[count - 1 - i]).toArray();
  }

  /** The way from a background row to the row to explain; it stays in the task that makes it. */
  private final class Walk {
    private final int start;
    // The columns in which the two rows differ.
    private final int[] order;
    // The place of the first row on the way among all rows that the network computes.
    private int place;

    Walk(int start, int[] order, float[] own) {
      this.start = start;
      this.order =
          Arrays.stream(order)
              .filter(
                  column ->
                      Arrays.stream(columns.get(column).inputs())
                          .anyMatch(input -> background[start * width() + input] != own[input]))
              .toArray();
    }

    /** Writes the rows between the two; returns the number of all rows then. */
    int write(float[] own, float[] inputs, int first) {
      place = first;
      float[] current = Arrays.copyOfRange(background, start * width(), (start + 1) * width());
      for (int step = 0; step < order.length - 1; step++) {
        for (int input : columns.get(order[step]).inputs()) {
          current[input] = own[input];
        }
        System.arraycopy(current, 0, inputs, (first + step) * width(), width());
      }
      return first + Math.max(0, order.length - 1);
    }

    void add(double first, float[] outputs, int cls, double[] sums) {
      double before = first;
      for (int step = 0; step < order.length; step++) {
        int row = step == order.length - 1 ? 0 : place + step; // the row to explain is the first
        double after = score.of(outputs, row * network.outputs(), cls);
        sums[order[step]] += after - before;
        before = after;
      }
    }
  }
}
