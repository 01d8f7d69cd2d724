package io.meanfield.data;

import io.meanfield.data.column.EmbeddedColumn;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.Preprocessing;
import io.meanfield.error.Printable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds in an {@code encodings.json} what no encoder has that was fitted to a table, so that a
 * damaged file cannot give other inputs or classes than those of the training.
 */
record EncodingsCheck(EncodingsFile.Content content) {

  /** Returns the first problem; empty if there is none. */
  Optional<String> problem() {
    return Stream.<Optional<String>>of(
            repeated("column", content.features()).map(column -> column + " among the features"),
            repeated("column", columns(content.categorical()))
                .map(column -> column + " among the categorical columns"),
            content.label().size() > 1
                ? Optional.of("there are " + content.label().size() + " columns of labels")
                : Optional.empty())
        .flatMap(Optional::stream)
        .findFirst()
        .or(this::vocabularyProblem)
        .or(this::preprocessingProblem)
        .or(this::embeddingProblem);
  }

  private static List<String> columns(List<EncodingsFile.Values> vocabularies) {
    return vocabularies.stream().map(EncodingsFile.Values::column).toList();
  }

  /** Returns "WHAT NAME is there twice" for the first name that is. */
  private static Optional<String> repeated(String what, Collection<String> names) {
    Set<String> seen = new HashSet<>();
    return names.stream()
        .filter(name -> !seen.add(name))
        .findFirst()
        .map(name -> what + " " + Printable.text(name) + " is there twice");
  }

  private Optional<String> vocabularyProblem() {
    return Stream.concat(content.categorical().stream(), content.label().stream())
        .flatMap(vocabulary -> problem(vocabulary).stream())
        .findFirst();
  }

  // The code of a value is its index, so a value too many changes the codes of those after it.
  private static Optional<String> problem(EncodingsFile.Values vocabulary) {
    List<String> values = vocabulary.values();
    String column = " of column " + Printable.text(vocabulary.column());
    if (values.size() > Vocabulary.MAX_VALUES) {
      return Optional.of(
          "there are "
              + values.size()
              + " values"
              + column
              + ", expected at most "
              + Vocabulary.MAX_VALUES);
    }
    for (int i = 1; i < values.size(); i++) {
      int order = values.get(i - 1).compareTo(values.get(i));
      if (order >= 0) {
        return Optional.of(
            "the value "
                + Printable.quoted(values.get(i))
                + column
                + (order == 0 ? " is there twice" : " is not in ascending order"));
      }
    }
    return Optional.empty();
  }

  private Optional<String> preprocessingProblem() {
    Preprocessing preprocessing = content.preprocessing().orElse(Preprocessing.NONE);
    List<FeatureColumn> columns = new ArrayList<>(preprocessing.numbers());
    columns.addAll(preprocessing.times());
    return repeated(
            "the preprocessing of column", columns.stream().map(FeatureColumn::column).toList())
        .or(() -> columns.stream().flatMap(column -> problem(column).stream()).findFirst());
  }

  private Optional<String> problem(FeatureColumn column) {
    if (!content.features().contains(column.column())) {
      return Optional.of(
          "the preprocessing has column "
              + Printable.text(column.column())
              + ", which is not among the features");
    }
    return column
        .accept(new FillProblem())
        .map(
            problem ->
                "the preprocessing of column " + Printable.text(column.column()) + " " + problem);
  }

  /** Finds a column whose type or replacement of missing values cannot be. */
  private static final class FillProblem implements FeatureColumn.Visitor<Optional<String>> {
    @Override
    public Optional<String> plain(FeatureColumn.Plain plain) {
      return Optional.empty();
    }

    @Override
    public Optional<String> numeric(FeatureColumn.Numeric numeric) {
      return of(!numeric.type().isTime(), numeric.fill(), numeric.indicator());
    }

    @Override
    public Optional<String> time(FeatureColumn.Time time) {
      return repeated("part", names(time))
          .map(part -> "is damaged: " + part)
          .or(() -> of(time.type().isTime(), time.fill(), time.indicator()));
    }

    private static List<String> names(FeatureColumn.Time time) {
      return Stream.concat(
              time.cyclic().stream().map(part -> part + " as a circle"),
              time.categories().stream().map(part -> part + " as categories"))
          .toList();
    }

    private static Optional<String> of(boolean hasType, List<Double> fill, boolean indicator) {
      if (!hasType) {
        return Optional.of("has a wrong type");
      }
      if (fill.size() > 1 || fill.stream().anyMatch(number -> !Double.isFinite(number))) {
        return Optional.of(
            "replaces missing values by " + shown(fill) + ", expected one finite number");
      }
      return indicator && fill.isEmpty()
          ? Optional.of("marks missing values and has no number that replaces them")
          : Optional.empty();
    }
  }

  private static String shown(List<Double> fill) {
    return fill.size() == 1 ? fill.get(0).toString() : fill.size() + " numbers";
  }

  private Optional<String> embeddingProblem() {
    List<EmbeddedColumn> embedded = content.embedded().orElse(List.of());
    return embedded.stream()
        .flatMap(column -> problem(column).stream())
        .findFirst()
        .or(
            () ->
                repeated(
                    "the embedded column", embedded.stream().map(EmbeddedColumn::name).toList()));
  }

  private Optional<String> problem(EmbeddedColumn column) {
    if (column.part().size() > 1 || column.size() < 1) {
      return Optional.of(
          "the embedded column "
              + Printable.text(column.column())
              + " has "
              + column.part().size()
              + " parts and "
              + column.size()
              + " numbers for each code, expected at most 1 part"
              + " and at least 1 number");
    }
    int expected = codes(column);
    return expected == column.categories()
        ? Optional.empty()
        : Optional.of(
            "the embedded column "
                + Printable.text(column.name())
                + " has "
                + column.categories()
                + " codes, expected "
                + (expected == 0 ? "none, because there is no such column" : expected));
  }

  /**
   * Returns the number of codes that an embedded column must have; 0 if there is no such column.
   */
  private int codes(EmbeddedColumn column) {
    return column.isPart() ? codesOfPart(column) : codesOfVocabulary(column.column());
  }

  private int codesOfPart(EmbeddedColumn column) {
    return content.preprocessing().orElse(Preprocessing.NONE).times().stream()
        .filter(time -> time.column().equals(column.column()))
        .mapToInt(time -> column.part().get(0).count() + (time.acceptsMissing() ? 1 : 0))
        .sum();
  }

  private int codesOfVocabulary(String column) {
    int unknown = content.handleUnknown() == ColumnRoles.HandleUnknown.EXTRA_COLUMN ? 1 : 0;
    return content.categorical().stream()
        .filter(vocabulary -> vocabulary.column().equals(column))
        .mapToInt(vocabulary -> vocabulary.values().size() + unknown)
        .sum();
  }
}
