package io.meanfield.data.parquet;

import io.meanfield.data.Vocabulary;
import io.meanfield.data.parquet.rowgroup.ColumnValues;
import io.meanfield.data.parquet.rowgroup.TextValues;
import java.util.HashMap;
import java.util.Map;

/**
 * The texts of a column with few different values. Each value is converted to a string once, which
 * takes longer than to find it.
 */
final class CategoryTexts {
  private final ColumnValues column;
  private final Map<Object, String> texts = new HashMap<>();

  CategoryTexts(ColumnValues column) {
    this.column = column;
  }

  /** Returns the text of a row; empty if it is missing. */
  String text(int row) {
    if (column instanceof TextValues names && !column.isMissing(row)) {
      String known = texts.get(names.key(row));
      return known == null ? added(names, row) : known;
    }
    return column.text(row).orElse("");
  }

  private String added(TextValues names, int row) {
    String text = names.text(row).orElse("");
    if (texts.size() <= Vocabulary.MAX_VALUES) {
      texts.put(names.copiedKey(row), text);
    }
    return text;
  }
}
