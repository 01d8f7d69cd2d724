package io.meanfield.data.table;

import io.meanfield.data.ColumnRoles;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Makes the encoder of a new table, or checks a table against the encoder of a model. */
public final class TableEncoderFactory {
  private TableEncoderFactory() {}

  /**
   * Returns {@code known} after a check of the table, or a new encoder if {@code known} is empty.
   *
   * @param categorical for each categorical column, its different values and where each occurs
   * @param labels the different labels and where each occurs
   * @param handleUnknown the treatment of unknown values by a new encoder
   * @throws io.meanfield.error.UserException if a value has no code in the encoder
   */
  public static TableEncoder of(
      TableSchema schema,
      List<? extends SortedMap<String, String>> categorical,
      SortedMap<String, String> labels,
      ColumnRoles.HandleUnknown handleUnknown,
      Optional<TableEncoder> known,
      int classes) {
    return known
        .map(encoder -> checked(encoder, schema, categorical, labels, classes))
        .orElseGet(() -> fresh(schema, categorical, labels, handleUnknown, classes));
  }

  private static TableEncoder fresh(
      TableSchema schema,
      List<? extends SortedMap<String, String>> categorical,
      SortedMap<String, String> labels,
      ColumnRoles.HandleUnknown handleUnknown,
      int classes) {
    List<Vocabulary> vocabularies = new ArrayList<>();
    for (int i = 0; i < categorical.size(); i++) {
      vocabularies.add(Vocabulary.of(schema.categorical().get(i), categorical.get(i).keySet()));
    }
    return new TableEncoder(
        schema.features(),
        vocabularies,
        handleUnknown,
        schema.label().isEmpty()
            ? List.of()
            : LabelEncoder.vocabulary(schema.label().get(0), labels, classes));
  }

  private static TableEncoder checked(
      TableEncoder known,
      TableSchema schema,
      List<? extends SortedMap<String, String>> categorical,
      SortedMap<String, String> labels,
      int classes) {
    for (int i = 0; i < categorical.size(); i++) {
      for (Map.Entry<String, String> value : categorical.get(i).entrySet()) {
        known.code(known.categorical().get(i), value.getKey(), value.getValue());
      }
    }
    if (!schema.label().isEmpty()) {
      LabelEncoder.check(schema.label().get(0), labels, known, classes);
    }
    return known;
  }
}
