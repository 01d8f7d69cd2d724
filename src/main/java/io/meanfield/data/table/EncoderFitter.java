package io.meanfield.data.table;

import io.meanfield.data.TableEncoder;
import io.meanfield.data.Vocabulary;
import io.meanfield.data.column.DatePart;
import io.meanfield.data.column.EmbeddedColumn;
import io.meanfield.data.column.EmbeddingSettings;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.PreprocessingSettings;
import io.meanfield.data.column.Scale;
import io.meanfield.data.column.Scaling;
import io.meanfield.data.column.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Fits an encoder to the statistics of training examples.
 *
 * @param statistics of the training examples
 */
public record EncoderFitter(PreprocessingSettings settings, TableStatistics statistics) {
  /**
   * Returns an encoder with the vocabularies of all rows, which is not fitted.
   *
   * @param typed the encoder with the types of the features and without vocabularies
   * @param categorical for each categorical column, its different values
   * @param labels the different labels
   * @param display the location of the table, for messages
   * @throws io.meanfield.error.UserException if a column has too many values
   */
  public static TableEncoder unfitted(
      TableEncoder typed,
      TableSchema schema,
      List<? extends SortedSet<String>> categorical,
      SortedSet<String> labels,
      int classes,
      String display) {
    return new TableEncoder(
        typed.columns(),
        vocabularies(schema.categorical(), categorical::get),
        typed.handleUnknown(),
        schema.label().stream()
            .flatMap(label -> LabelEncoder.vocabulary(label, labels, classes, display).stream())
            .toList(),
        List.of());
  }

  private static List<Vocabulary> vocabularies(
      List<String> columns, IntFunction<SortedSet<String>> values) {
    return IntStream.range(0, columns.size())
        .mapToObj(i -> Vocabulary.of(columns.get(i), values.apply(i)))
        .toList();
  }

  /**
   * Returns the fitted encoder.
   *
   * @param unfitted an encoder with the types of the features
   * @param statistics of the training examples; empty if {@link #needsStatistics} is false
   */
  public static TableEncoder fit(
      PreprocessingSettings settings, TableEncoder unfitted, Optional<TableStatistics> statistics) {
    TableEncoder fitted =
        needsStatistics(unfitted, !unfitted.categorical().isEmpty())
            ? new EncoderFitter(settings, statistics.orElseThrow()).fitted(unfitted)
            : unfitted;
    return fitted.embedding(embedded(settings, fitted));
  }

  /** Returns whether statistics are needed to fit an encoder. */
  public static boolean needsStatistics(TableEncoder typed, boolean hasCategories) {
    return (typed.acceptsUnknown() && hasCategories)
        || !typed.columns().stream().allMatch(FeatureColumn::isPlain);
  }

  private TableEncoder fitted(TableEncoder unfitted) {
    return new TableEncoder(
        IntStream.range(0, unfitted.columns().size())
            .mapToObj(i -> column(unfitted.columns().get(i), statistics.number(i)))
            .toList(),
        unfitted.acceptsUnknown()
            ? vocabularies(
                unfitted.categorical().stream().map(Vocabulary::column).toList(),
                statistics::categories)
            : unfitted.categorical(),
        unfitted.handleUnknown(),
        unfitted.label(),
        List.of());
  }

  private FeatureColumn column(FeatureColumn column, NumberSummary summary) {
    if (column.isPlain()) {
      return column;
    }
    String name = column.column();
    ValueType type = column.type();
    boolean log =
        type == ValueType.NUMBER
            && settings.log().includes(name, summary.skewness(), summary.min());
    Scale scale = type == ValueType.BOOLEAN ? Scale.NONE : settings.scaleOf(name);
    Scaling scaling = summary.scaling(scale, log);
    boolean refuses = settings.refusesMissing(name);
    return new FeatureColumn(
        name,
        type,
        log,
        scaling,
        type == ValueType.BOOLEAN ? List.of() : summary.edges(settings.bins(), scaling, log),
        refuses ? List.of() : List.of(summary.fill(settings.imputeOf(name))),
        settings.indicator() && !refuses && summary.hasMissing(),
        type.isTime() ? settings.dates().cyclicParts(type) : List.of(),
        parts(settings, type, false));
  }

  /** Returns the parts of times that are embedded, or those that are one-hot encoded. */
  private static List<DatePart> parts(
      PreprocessingSettings settings, ValueType type, boolean embedded) {
    return type.isTime()
        ? settings.dates().categoricalParts(type).stream()
            .filter(part -> settings.embeddings().embeds(part.count()) == embedded)
            .toList()
        : List.of();
  }

  /** Returns the embedded parts of times and, after them, the embedded categorical columns. */
  private static List<EmbeddedColumn> embedded(
      PreprocessingSettings settings, TableEncoder encoder) {
    EmbeddingSettings sizes = settings.embeddings();
    List<EmbeddedColumn> embedded = new ArrayList<>();
    for (FeatureColumn column : encoder.columns()) {
      for (DatePart part : parts(settings, column.type(), true)) {
        int codes = part.count() + (column.acceptsMissing() ? 1 : 0);
        int size = sizes.sizeOf(column.column(), codes);
        embedded.add(EmbeddedColumn.of(column.column(), part, codes, size));
      }
    }
    for (Vocabulary column : encoder.categorical()) {
      if (sizes.embeds(column.values().size())) {
        int codes = encoder.codes(column);
        int size = sizes.sizeOf(column.column(), codes);
        embedded.add(EmbeddedColumn.of(column.column(), codes, size));
      }
    }
    return embedded;
  }
}
