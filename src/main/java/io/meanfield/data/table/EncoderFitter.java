package io.meanfield.data.table;

import io.meanfield.data.ColumnRoles;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.Vocabulary;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.Preprocessing;
import io.meanfield.data.column.PreprocessingSettings;
import io.meanfield.data.column.Scale;
import io.meanfield.data.column.TimeSettings;
import io.meanfield.data.column.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.IntStream;

/** Fits an encoder to the statistics of training examples. */
public final class EncoderFitter {
  private final PreprocessingSettings settings;
  private final TableRules rules;
  private final TableStatistics statistics;
  private final EmbeddingRule embedding;

  /**
   * Makes a fitter.
   *
   * @param rules with the types of the features
   * @param statistics of the training examples
   */
  public EncoderFitter(
      PreprocessingSettings settings, TableRules rules, TableStatistics statistics) {
    this.settings = settings;
    this.rules = rules;
    this.statistics = statistics;
    this.embedding = new EmbeddingRule(settings.embeddings(), settings.dates());
  }

  /**
   * Returns a new encoder, which is not fitted.
   *
   * @param categorical for each categorical column, its different values
   * @param labels the different labels
   * @param handleUnknown the treatment of unknown values
   * @param display the location of the table, for messages
   * @throws io.meanfield.error.UserException if a column has too many values
   */
  public static TableEncoder unfitted(
      TableSchema schema,
      List<? extends SortedSet<String>> categorical,
      SortedSet<String> labels,
      ColumnRoles.HandleUnknown handleUnknown,
      int classes,
      String display) {
    List<Vocabulary> vocabularies = new ArrayList<>();
    for (int i = 0; i < categorical.size(); i++) {
      vocabularies.add(Vocabulary.of(schema.categorical().get(i), categorical.get(i)));
    }
    return new TableEncoder(
        schema.features(),
        vocabularies,
        handleUnknown,
        schema.label().isEmpty()
            ? List.of()
            : LabelEncoder.vocabulary(schema.label().get(0), labels, classes, display));
  }

  /** Returns whether an encoder needs statistics. */
  public static boolean isNeeded(TableRules rules, TableEncoder unfitted) {
    return !rules.arePlain() || (unfitted.acceptsUnknown() && !unfitted.categorical().isEmpty());
  }

  /** Returns an encoder that needs no statistics, with its embedded columns. */
  public static TableEncoder withoutStatistics(
      PreprocessingSettings settings, TableEncoder unfitted) {
    return new EmbeddingRule(settings.embeddings(), settings.dates()).apply(unfitted);
  }

  /**
   * Returns the fitted encoder.
   *
   * @param unfitted the encoder with the same columns and labels
   */
  public TableEncoder fit(TableEncoder unfitted) {
    return embedding.apply(
        new TableEncoder(
            unfitted.features(),
            unfitted.acceptsUnknown() ? vocabularies(unfitted) : unfitted.categorical(),
            unfitted.handleUnknown(),
            unfitted.label(),
            Preprocessing.of(
                IntStream.range(0, rules.features().size()).mapToObj(this::column).toList())));
  }

  private List<Vocabulary> vocabularies(TableEncoder unfitted) {
    return IntStream.range(0, unfitted.categorical().size())
        .mapToObj(
            i -> Vocabulary.of(unfitted.categorical().get(i).column(), statistics.categories(i)))
        .toList();
  }

  private FeatureColumn column(int i) {
    FeatureRule rule = rules.features().get(i);
    return switch (rule.type()) {
      case FLOAT -> new FeatureColumn.Plain(rule.column());
      case NUMBER, BOOLEAN -> number(rule, statistics.number(i));
      case DATE, TIMESTAMP -> time(rule, statistics.number(i));
    };
  }

  private FeatureColumn number(FeatureRule rule, NumberSummary summary) {
    String column = rule.column();
    boolean scaled = rule.type() == ValueType.NUMBER;
    boolean log = scaled && settings.log().includes(column, summary.skewness(), summary.min());
    return new FeatureColumn.Numeric(
        column,
        rule.type(),
        log,
        summary.scaling(scaled ? settings.scaleOf(column) : Scale.NONE, log),
        fill(column, summary),
        hasIndicator(column, summary));
  }

  private FeatureColumn time(FeatureRule rule, NumberSummary summary) {
    String column = rule.column();
    return new FeatureColumn.Time(
        column,
        rule.type(),
        TimeSettings.ORIGIN,
        settings.dates().cyclicParts(rule.type()),
        embedding.oneHotParts(rule),
        summary.scaling(settings.scaleOf(column), false),
        fill(column, summary),
        hasIndicator(column, summary));
  }

  private List<Double> fill(String column, NumberSummary summary) {
    return settings.refusesMissing(column)
        ? List.of()
        : List.of(summary.fill(settings.imputeOf(column)));
  }

  private boolean hasIndicator(String column, NumberSummary summary) {
    return settings.indicator() && !settings.refusesMissing(column) && summary.hasMissing();
  }
}
