package io.meanfield.data.table;

import io.meanfield.data.ColumnRoles;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Makes the encodings of a table, or holds its texts against those that are known. */
public final class TableEncoderFactory {
  private TableEncoderFactory() {}

  /**
   * The encodings that the table is read with.
   *
   * @param words for each category, its different texts with where each stands
   * @param labels likewise
   * @param unseen for a new data set
   * @param known those of a model; then they are the result, and every text has a place in them
   */
  public static TableEncoder of(
      TableSchema layout,
      List<? extends SortedMap<String, String>> words,
      SortedMap<String, String> labels,
      ColumnRoles.HandleUnknown unseen,
      Optional<TableEncoder> known,
      int classes) {
    return known
        .map(encodings -> checked(encodings, layout, words, labels, classes))
        .orElseGet(() -> fresh(layout, words, labels, unseen, classes));
  }

  private static TableEncoder fresh(
      TableSchema layout,
      List<? extends SortedMap<String, String>> words,
      SortedMap<String, String> labels,
      ColumnRoles.HandleUnknown unseen,
      int classes) {
    List<Vocabulary> categories = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      categories.add(Vocabulary.of(layout.categories().get(i), words.get(i).keySet()));
    }
    return new TableEncoder(
        layout.features(),
        categories,
        unseen,
        layout.label().isEmpty()
            ? List.of()
            : LabelEncoder.vocabulary(layout.label().get(0), labels, classes));
  }

  private static TableEncoder checked(
      TableEncoder known,
      TableSchema layout,
      List<? extends SortedMap<String, String>> words,
      SortedMap<String, String> labels,
      int classes) {
    for (int i = 0; i < words.size(); i++) {
      for (Map.Entry<String, String> word : words.get(i).entrySet()) {
        known.code(known.categories().get(i), word.getKey(), word.getValue());
      }
    }
    if (!layout.label().isEmpty()) {
      LabelEncoder.check(layout.label().get(0), labels, known, classes);
    }
    return known;
  }
}
