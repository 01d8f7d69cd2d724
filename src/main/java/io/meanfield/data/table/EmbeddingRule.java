package io.meanfield.data.table;

import io.meanfield.data.TableEncoder;
import io.meanfield.data.Vocabulary;
import io.meanfield.data.column.DatePart;
import io.meanfield.data.column.EmbeddedColumn;
import io.meanfield.data.column.EmbeddingSettings;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.TimeSettings;
import io.meanfield.data.column.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Decides which categories are embedded: parts of times first, then categorical columns. */
record EmbeddingRule(EmbeddingSettings settings, TimeSettings dates) {

  /** Returns the parts of a column of times that are one-hot encoded. */
  List<DatePart> oneHotParts(FeatureRule column) {
    return parts(column.type(), part -> !isEmbedded(part));
  }

  private List<DatePart> parts(ValueType type, Predicate<DatePart> condition) {
    return dates.categoricalParts(type).stream().filter(condition).toList();
  }

  private boolean isEmbedded(DatePart part) {
    return settings.embeds(part.count());
  }

  /** Returns the encoder with its embedded columns. */
  TableEncoder apply(TableEncoder encoder) {
    List<EmbeddedColumn> embedded = new ArrayList<>();
    for (FeatureColumn column : encoder.columns()) {
      if (column.type().isTime()) {
        parts(column.type(), this::isEmbedded).forEach(part -> embedded.add(part(column, part)));
      }
    }
    for (Vocabulary column : encoder.categorical()) {
      if (settings.embeds(column.values().size())) {
        int categories = encoder.codes(column);
        embedded.add(
            EmbeddedColumn.of(
                column.column(), categories, settings.sizeOf(column.column(), categories)));
      }
    }
    return encoder.embedding(embedded);
  }

  private EmbeddedColumn part(FeatureColumn column, DatePart part) {
    int categories = part.count() + (column.acceptsMissing() ? 1 : 0);
    return EmbeddedColumn.of(
        column.column(), part, categories, settings.sizeOf(column.column(), categories));
  }
}
