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
    List<CategoryInputs> columns = encoder.categorical().stream().map(encoder::inputsOf).toList();
    int numbers = data.width() - encoder.categoricalInputs();
    long[] counts =
        data.blocks().map(block -> counts(block, columns, numbers)).reduce(UnknownCategories::sum);
    List<String> notes = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        notes.add(note(encoder.categorical().get(i), columns.get(i), counts[i], data.count()));
      }
    }
    return notes;
  }

  private static String note(Vocabulary column, CategoryInputs inputs, long count, long examples) {
    return "column "
        + column.column()
        + ": in "
        + count
        + " of "
        + examples
        + " examples the category is missing or was not in training ("
        + column.display()
        + "); one "
        + (inputs.embedded() ? "code" : "input")
        + " stands for all of them";
  }

  private static long[] counts(Examples block, List<CategoryInputs> columns, int numbers) {
    long[] counts = new long[columns.size()];
    float[] values = new float[block.width()];
    for (int row = 0; row < block.count(); row++) {
      block.features().write(row, values, 0);
      for (int i = 0; i < counts.length; i++) {
        CategoryInputs column = columns.get(i);
        counts[i] += column.code(values, numbers).orElse(-1) == column.values().size() ? 1 : 0;
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
