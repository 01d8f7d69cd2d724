package io.meanfield.data.table;

import io.meanfield.data.column.ColumnScaling;
import io.meanfield.data.column.DatePart;
import io.meanfield.data.column.EmbeddedColumn;
import io.meanfield.data.column.EmbeddingSettings;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.PreprocessingSettings;
import io.meanfield.data.column.Scale;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Fits an encoder to the statistics of training examples. */
public final class EncoderFitter {
  private final PreprocessingSettings settings;
  private final TableStatistics statistics;

  private EncoderFitter(PreprocessingSettings settings, TableStatistics statistics) {
    this.settings = settings;
    this.statistics = statistics;
  }

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
        schema.texts().stream()
            .map(
                column ->
                    EmbeddedColumn.ofTexts(column, 0, 1, 1, List.of())) // until words are found
            .toList(),
        typed.forms());
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
   * @param texts the words of the columns of texts
   */
  public static TableEncoder fit(
      PreprocessingSettings settings,
      TableEncoder unfitted,
      Optional<TableStatistics> statistics,
      List<TextColumn> texts) {
    boolean needsStatistics = needsStatistics(unfitted, !unfitted.categorical().isEmpty());
    TableEncoder fitted =
        needsStatistics
            ? new EncoderFitter(settings, statistics.orElseThrow()).fitted(unfitted)
            : unfitted.embedding(embeddedCategories(settings.embeddings(), unfitted));
    return texts.isEmpty() ? fitted : withWords(fitted, settings.embeddings(), texts);
  }

  private static TableEncoder withWords(
      TableEncoder fitted, EmbeddingSettings sizes, List<TextColumn> texts) {
    List<EmbeddedColumn> embedded = new ArrayList<>(fitted.embedded());
    List<Vocabulary> vocabularies = new ArrayList<>(fitted.categorical());
    for (TextColumn text : texts) {
      vocabularies.replaceAll(
          each ->
              each.column().equals(text.column())
                  ? new Vocabulary(text.column(), text.words())
                  : each);
      embedded.add(
          EmbeddedColumn.ofTexts(
              text.column(),
              text.words().size(),
              sizes.sizeOfTexts(text.column()),
              text.most(),
              text.exponents()));
    }
    return new TableEncoder(
        fitted.columns(),
        vocabularies,
        fitted.handleUnknown(),
        fitted.label(),
        embedded,
        fitted.forms());
  }

  /** Returns whether statistics are needed to fit an encoder. */
  public static boolean needsStatistics(TableEncoder typed, boolean hasCategories) {
    return (typed.acceptsUnknown() && hasCategories)
        || !typed.columns().stream().allMatch(FeatureColumn::isPlain);
  }

  private TableEncoder fitted(TableEncoder unfitted) {
    List<EmbeddedColumn> embedded = new ArrayList<>();
    List<FeatureColumn> columns = new ArrayList<>();
    int numbers =
        (int)
            unfitted.columns().stream()
                .filter(column -> !column.isPlain() && column.type() != ValueType.BOOLEAN)
                .count();
    for (int i = 0; i < unfitted.columns().size(); i++) {
      FeatureColumn column = column(unfitted.columns().get(i), numbers, statistics.number(i));
      columns.add(column);
      embedded.addAll(embeddedParts(column, statistics.number(i)));
    }
    TableEncoder fitted =
        new TableEncoder(
            columns,
            unfitted.acceptsUnknown()
                ? vocabularies(
                    unfitted.categorical().stream().map(Vocabulary::column).toList(),
                    this::categories)
                : unfitted.categorical(),
            unfitted.handleUnknown(),
            unfitted.label(),
            List.of(),
            unfitted.forms());
    embedded.addAll(embeddedCategories(settings.embeddings(), fitted));
    return fitted.embedding(embedded);
  }

  // A category of a single example teaches nothing about itself, but together such categories teach
  // what unknown ones are like.
  private SortedSet<String> categories(int i) {
    SortedSet<String> all = statistics.categories(i);
    return settings.embeddings().embeds(all.size()) ? statistics.repeatedCategories(i) : all;
  }

  private FeatureColumn column(FeatureColumn column, int numbers, NumberSummary summary) {
    if (column.isPlain()) {
      return column;
    }
    String name = column.column();
    ValueType type = column.type();
    boolean log =
        type == ValueType.NUMBER
            && settings.log().includes(name, summary.skewness(), summary.min());
    Scale scale = type == ValueType.BOOLEAN ? Scale.NONE : settings.scaleOf(name);
    ColumnScaling scaling = summary.scaling(scale, log);
    boolean refuses = settings.refusesMissing(name);
    return new FeatureColumn(
        name,
        type,
        log,
        scaling,
        type == ValueType.BOOLEAN
            ? List.of()
            : summary.edges(settings.bins(), numbers, scaling, log),
        refuses ? List.of() : List.of(summary.fill(settings.imputeOf(name))),
        settings.indicator() && !refuses && summary.hasMissing(),
        DatePart.cyclic(type),
        parts(type, summary, false));
  }

  /** Returns the parts of times that are embedded, or those that are one-hot encoded. */
  private List<DatePart> parts(ValueType type, NumberSummary summary, boolean embedded) {
    return type.isTime() && settings.dates().categorical()
        ? summary.parts(type).stream().filter(part -> embeds(part) == embedded).toList()
        : List.of();
  }

  private boolean embeds(DatePart part) {
    return part == DatePart.DAY || settings.embeddings().embeds(part.count());
  }

  private List<EmbeddedColumn> embeddedParts(FeatureColumn column, NumberSummary summary) {
    String name = column.column();
    EmbeddingSettings sizes = settings.embeddings();
    List<EmbeddedColumn> embedded = new ArrayList<>();
    for (DatePart part : parts(column.type(), summary, true)) {
      if (part == DatePart.DAY) {
        int days = summary.days();
        embedded.add(
            EmbeddedColumn.ofDays(name, summary.firstDay(), days, sizes.sizeOf(name, days + 1)));
      } else {
        int codes = part.count() + (column.acceptsMissing() ? 1 : 0);
        embedded.add(EmbeddedColumn.of(name, part, codes, sizes.sizeOf(name, codes)));
      }
    }
    return embedded;
  }

  private static List<EmbeddedColumn> embeddedCategories(
      EmbeddingSettings sizes, TableEncoder encoder) {
    return encoder.categorical().stream()
        .filter(column -> sizes.embeds(column.values().size()))
        .map(
            column ->
                EmbeddedColumn.of(
                    column.column(),
                    encoder.codes(column),
                    sizes.sizeOf(column.column(), encoder.codes(column))))
        .toList();
  }
}
