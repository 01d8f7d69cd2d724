package io.meanfield.data.csv;

import io.meanfield.data.InvalidRowException;
import io.meanfield.data.SkippedRow;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.table.FeatureRule;
import io.meanfield.data.table.TableRow;
import io.meanfield.data.table.TableRules;
import io.meanfield.data.table.TableSchema;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds the columns of a schema in the records of one file, and checks their values. */
final class CsvColumns implements TableRow {
  private static final String IMPUTE = ", or data.columns.impute = median";
  private static final String NO_FEATURE =
      "; name columns of text in data.columns.categorical or data.columns.exclude";

  private final List<String> header;
  private final CsvParser records;
  private final TableRules rules;
  private final int[] ids;
  private final int[] features;
  private final int[] categorical;
  private final int[] labels;
  private final int[] targets;
  private final int[] weights;
  private final int[] required;

  CsvColumns(
      TableSchema schema,
      TableRules rules,
      List<String> header,
      CsvParser records,
      String display) {
    schema.requireColumns(header, display);
    this.header = header;
    this.records = records;
    this.rules = rules;
    this.ids = indexesOf(schema.id());
    this.features = indexesOf(schema.features());
    this.categorical = indexesOf(schema.categorical());
    this.labels = indexesOf(schema.label());
    this.targets = indexesOf(schema.targets());
    this.weights = indexesOf(schema.weight());
    Stream.of(ids, features, categorical, labels, targets, weights).forEach(records::select);
    this.required =
        Stream.of(ids, requiredFeatures(), requiredCategories(), labels, targets, weights)
            .flatMapToInt(IntStream::of)
            .toArray();
  }

  private int[] requiredFeatures() {
    return IntStream.range(0, features.length)
        .filter(i -> !rules.features().get(i).acceptsMissing())
        .map(i -> features[i])
        .toArray();
  }

  private int[] requiredCategories() {
    return rules.acceptsUnknown() ? new int[0] : categorical;
  }

  private int[] indexesOf(List<String> columns) {
    return columns.stream().mapToInt(header::indexOf).toArray();
  }

  /** Throws unless the record has as many fields as the header. */
  void requireArity() {
    if (records.fields().size() != header.size()) {
      throw InvalidRowException.ofRow(
          records.where(),
          "has "
              + records.fields().size()
              + " fields, expected "
              + header.size()
              + " as in the header");
    }
  }

  String where() {
    return records.where();
  }

  /** Returns the place of the record in a file. */
  SkippedRow.Place place(String file) {
    return new SkippedRow.Place(file, records.line(), shownId());
  }

  // The id of a record that cannot be used may be missing, too.
  private String shownId() {
    boolean isComplete = records.fields().size() == header.size();
    return isComplete && ids.length > 0 ? stripped(ids[0]) : "";
  }

  /** Adds the type of each feature's value to counts, unless the record has missing fields. */
  void count(List<TypeCounts> counts) {
    if (records.fields().size() == header.size()) {
      for (int i = 0; i < features.length; i++) {
        counts.get(i).add(stripped(features[i]));
      }
    }
  }

  /** Returns the label without a check; empty if it is missing. */
  String presentLabel() {
    return records.fields().size() == header.size() ? stripped(labels[0]) : "";
  }

  String id() {
    return text(ids[0], "an id");
  }

  @Override
  public double feature(int i) {
    FeatureRule rule = rules.features().get(i);
    String text = stripped(features[i]);
    return isAcceptedMissing(rule, text)
        ? Double.NaN
        : rule.type()
            .parse(text)
            .orElseThrow(() -> invalidField(features[i], rule.type().expected()));
  }

  private static boolean isAcceptedMissing(FeatureRule rule, String text) {
    return rule.acceptsMissing() && ValueType.isMissing(text);
  }

  /** Lets the value of feature {@code i} show its type; throws if it has another or none. */
  void infer(int i, InferredType type) {
    String text = stripped(features[i]);
    if (!isAcceptedMissing(rules.features().get(i), text) && !type.accepts(text)) {
      throw invalidField(
          features[i], type.expected() + (ValueType.isMissing(text) ? IMPUTE : NO_FEATURE));
    }
  }

  @Override
  public String category(int i) {
    return rules.acceptsUnknown() ? stripped(categorical[i]) : text(categorical[i], "a category");
  }

  String label() {
    return text(labels[0], "a label");
  }

  float target(int i) {
    return (float)
        ValueType.FLOAT
            .parse(stripped(targets[i]))
            .orElseThrow(() -> invalidField(targets[i], ValueType.FLOAT.expected()));
  }

  float weight() {
    return (float)
        ValueType.FLOAT.parse(stripped(weights[0])).stream()
            .filter(weight -> weight >= 0)
            .findFirst()
            .orElseThrow(() -> invalidField(weights[0], TableRules.EXPECTED_WEIGHT));
  }

  /**
   * Returns the columns without a value that need one; none unless the record has as many fields as
   * the header.
   */
  List<String> empty() {
    return records.fields().size() == header.size()
        ? IntStream.of(required)
            .filter(i -> records.fields().get(i).isBlank())
            .mapToObj(header::get)
            .toList()
        : List.of();
  }

  private String text(int column, String expected) {
    String text = stripped(column);
    if (text.isEmpty()) {
      throw invalidField(column, expected);
    }
    return text;
  }

  private String stripped(int column) {
    return records.fields().get(column).strip();
  }

  private InvalidRowException invalidField(int column, String expected) {
    String found = records.fields().get(column);
    return InvalidRowException.ofValue(
        records.where(),
        header.get(column),
        found,
        (found.isBlank() ? "is empty" : "is \"" + InvalidRowException.shown(found) + "\"")
            + ", expected "
            + expected);
  }
}
