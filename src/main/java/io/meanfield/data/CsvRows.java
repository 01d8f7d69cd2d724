package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** How rows of CSV files become examples; travels to where they are read. */
@DefaultSerializer(JavaSerializer.class) // Kryo 4 cannot write the final fields of a record
record CsvRows(TableLayout layout, Encodings encodings, Ids ids, int classes, int width)
    implements Serializable {

  ExamplesBuilder block() {
    int capacity = Dataset.rowsOfBlock((long) width * Float.BYTES);
    return new ExamplesBuilder(capacity, width, false, ids.keyed(), layout.answers());
  }

  /** Adds a row to the block. */
  void add(CsvRow row, long position, ExamplesBuilder block) {
    row.requireArity();
    String id = layout.id().isEmpty() ? "" : row.id();
    block.row(ids.of(id, position));
    if (ids.keyed()) {
      block.key(id);
    }
    addFeatures(row, block);
    if (!layout.label().isEmpty()) {
      String column = layout.label().get(0);
      block.label(Labels.code(column, row.label(), Optional.of(encodings), classes, row.where()));
    }
    for (int i = 0; i < layout.targets().size(); i++) {
      block.target(i, row.target(i));
    }
  }

  private void addFeatures(CsvRow row, ExamplesBuilder block) {
    int place = layout.features().size();
    for (int i = 0; i < place; i++) {
      block.feature(i, row.feature(i));
    }
    List<Dictionary> categories = encodings.categories();
    for (int i = 0; i < categories.size(); i++) {
      block.feature(place + encodings.code(categories.get(i), row.category(i), row.where()), 1);
      place += encodings.inputs(categories.get(i));
    }
  }
}
