package io.meanfield.data.table;

import io.meanfield.data.ColumnRoles;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** Makes the encoder of a new table. */
public final class TableEncoderFactory {
  private TableEncoderFactory() {}

  /**
   * Returns a new encoder, which is not fitted.
   *
   * @param categorical for each categorical column, its different values
   * @param labels the different labels
   * @param handleUnknown the treatment of unknown values
   * @param display the location of the table, for messages
   * @throws io.meanfield.error.UserException if a column has too many values
   */
  public static TableEncoder of(
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
}
