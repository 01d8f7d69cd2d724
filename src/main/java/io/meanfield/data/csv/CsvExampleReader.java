package io.meanfield.data.csv;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Dataset;
import io.meanfield.data.ExamplesBuilder;
import io.meanfield.data.IdAssigner;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.Vocabulary;
import io.meanfield.data.table.LabelEncoder;
import io.meanfield.data.table.TableSchema;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** How rows of CSV files become examples; travels to where they are read. */
@DefaultSerializer(JavaSerializer.class)
record CsvExampleReader(
    TableSchema layout, TableEncoder encodings, IdAssigner ids, int classes, int width)
    implements Serializable {

  ExamplesBuilder block() {
    int capacity = Dataset.blockSize((long) width * Float.BYTES);
    return new ExamplesBuilder(capacity, width, false, ids.hasExternalIds(), layout.targetKind());
  }

  /** Adds a row to the block. */
  void add(CsvColumns row, long position, ExamplesBuilder block) {
    row.requireArity();
    String id = layout.id().isEmpty() ? "" : row.id();
    block.row(ids.of(id, position));
    if (ids.hasExternalIds()) {
      block.externalId(id);
    }
    addFeatures(row, block);
    if (!layout.label().isEmpty()) {
      String column = layout.label().get(0);
      block.label(
          LabelEncoder.code(column, row.label(), Optional.of(encodings), classes, row.where()));
    }
    for (int i = 0; i < layout.targets().size(); i++) {
      block.target(i, row.target(i));
    }
  }

  private void addFeatures(CsvColumns row, ExamplesBuilder block) {
    int place = layout.features().size();
    for (int i = 0; i < place; i++) {
      block.feature(i, row.feature(i));
    }
    List<Vocabulary> categories = encodings.categories();
    for (int i = 0; i < categories.size(); i++) {
      block.feature(place + encodings.code(categories.get(i), row.category(i), row.where()), 1);
      place += encodings.inputs(categories.get(i));
    }
  }
}
