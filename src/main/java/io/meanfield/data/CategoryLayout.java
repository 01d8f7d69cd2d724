package io.meanfield.data;

import io.meanfield.data.column.EmbeddedColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The order of the inputs of categories: first the one-hot codes of the columns that are not
 * embedded, then one code for each embedded column or part of a time.
 *
 * @param columns the vocabularies of all categorical columns
 * @param acceptsUnknown whether a column has one more code for all other values
 */
record CategoryLayout(
    List<Vocabulary> columns, List<EmbeddedColumn> embedded, boolean acceptsUnknown) {

  /** Returns the inputs of the categories, in their order. */
  List<CategoryInputs> inputs() {
    List<CategoryInputs> all = new ArrayList<>();
    int next = 0;
    for (Vocabulary column : columns) {
      if (!isEmbedded(column)) {
        CategoryInputs codes = oneHot(column, next);
        all.add(codes);
        next += codes.inputs();
      }
    }
    for (EmbeddedColumn column : embedded) {
      all.add(code(column, next++));
    }
    return all;
  }

  private boolean isEmbedded(Vocabulary column) {
    return embedded.stream()
        .anyMatch(found -> !found.isPart() && found.column().equals(column.column()));
  }

  private CategoryInputs oneHot(Vocabulary column, int first) {
    return new CategoryInputs(column.column(), column.values(), acceptsUnknown, first, false);
  }

  private CategoryInputs code(EmbeddedColumn column, int input) {
    List<String> names = column.isPart() ? partValues(column) : values(column.column());
    return new CategoryInputs(
        column.name(), names, column.categories() > names.size(), input, true);
  }

  private static List<String> partValues(EmbeddedColumn column) {
    return column.part().stream()
        .flatMap(part -> IntStream.range(0, part.count()).mapToObj(Integer::toString))
        .toList();
  }

  private List<String> values(String column) {
    return columns.stream()
        .filter(vocabulary -> vocabulary.column().equals(column))
        .findFirst()
        .orElseThrow()
        .values();
  }
}
