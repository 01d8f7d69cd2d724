package io.meanfield.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Counts the examples whose category was not in the training data. */
public final class UnknownCategories {
  private UnknownCategories() {}

  /**
   * Returns a sentence for each categorical column in which examples have a category that is
   * missing or was not in the training data. Reads every example.
   */
  public static List<String> notes(Dataset data) {
    Optional<TableEncoder> encoder =
        data.encoder().filter(known -> known.acceptsUnknown() && !known.categorical().isEmpty());
    return encoder.map(known -> notes(data, known)).orElse(List.of());
  }

  private static List<String> notes(Dataset data, TableEncoder encoder) {
    int[] inputs = inputs(data.width(), encoder);
    long[] counts =
        data.blocks().map(block -> counts(block, inputs)).reduce(UnknownCategories::sum);
    List<String> notes = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      if (counts[i] > 0) {
        notes.add(note(encoder.categorical().get(i), counts[i], data.count()));
      }
    }
    return notes;
  }

  private static String note(Vocabulary column, long count, long examples) {
    return "column "
        + column.column()
        + ": in "
        + count
        + " of "
        + examples
        + " examples the category is missing or was not in training ("
        + column.display()
        + "); one input stands for all of them";
  }

  /** Returns for each categorical column the input of unknown categories. */
  private static int[] inputs(int width, TableEncoder encoder) {
    int[] inputs = new int[encoder.categorical().size()];
    int next = width - encoder.categoricalInputs();
    for (int i = 0; i < inputs.length; i++) {
      next += encoder.inputs(encoder.categorical().get(i));
      inputs[i] = next - 1;
    }
    return inputs;
  }

  private static long[] counts(Examples block, int[] inputs) {
    long[] counts = new long[inputs.length];
    float[] values = new float[block.width()];
    for (int row = 0; row < block.count(); row++) {
      block.features().write(row, values, 0);
      for (int i = 0; i < inputs.length; i++) {
        counts[i] += values[inputs[i]] == 0 ? 0 : 1;
      }
    }
    return counts;
  }

  private static long[] sum(long[] one, long[] other) {
    long[] sum = one.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other[i];
    }
    return sum;
  }
}
