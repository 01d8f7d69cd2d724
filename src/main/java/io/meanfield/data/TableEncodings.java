package io.meanfield.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Makes the encodings of a table, or holds its texts against those that are known. */
final class TableEncodings {
  private TableEncodings() {}

  /**
   * The encodings that the table is read with.
   *
   * @param words for each category, its different texts with where each stands
   * @param labels likewise
   * @param unseen for a new data set
   * @param known those of a model; then they are the result, and every text has a place in them
   */
  static Encodings of(
      TableLayout layout,
      List<? extends SortedMap<String, String>> words,
      SortedMap<String, String> labels,
      Columns.Unseen unseen,
      Optional<Encodings> known,
      int classes) {
    return known
        .map(encodings -> checked(encodings, layout, words, labels, classes))
        .orElseGet(() -> fresh(layout, words, labels, unseen, classes));
  }

  private static Encodings fresh(
      TableLayout layout,
      List<? extends SortedMap<String, String>> words,
      SortedMap<String, String> labels,
      Columns.Unseen unseen,
      int classes) {
    List<Dictionary> categories = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      categories.add(Dictionary.of(layout.categories().get(i), words.get(i).keySet()));
    }
    return new Encodings(
        layout.features(),
        categories,
        unseen,
        layout.label().isEmpty()
            ? List.of()
            : Labels.dictionary(layout.label().get(0), labels, classes));
  }

  private static Encodings checked(
      Encodings known,
      TableLayout layout,
      List<? extends SortedMap<String, String>> words,
      SortedMap<String, String> labels,
      int classes) {
    for (int i = 0; i < words.size(); i++) {
      for (Map.Entry<String, String> word : words.get(i).entrySet()) {
        known.code(known.categories().get(i), word.getKey(), word.getValue());
      }
    }
    if (!layout.label().isEmpty()) {
      Labels.check(layout.label().get(0), labels, known, classes);
    }
    return known;
  }
}
