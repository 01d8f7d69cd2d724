package io.meanfield.data.csv;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.CategoryWriter;
import io.meanfield.data.Dataset;
import io.meanfield.data.ExamplesBuilder;
import io.meanfield.data.IdAssigner;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.table.LabelEncoder;
import io.meanfield.data.table.TableSchema;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * Converts rows of CSV files to examples; travels to the executors that read the rows.
 *
 * @param features the columns of the encoder
 * @param categories writes what follows the numbers of the features
 */
@DefaultSerializer(JavaSerializer.class)
record CsvExampleReader(
    TableSchema schema,
    TableEncoder encoder,
    List<FeatureColumn> features,
    CategoryWriter categories,
    IdAssigner ids,
    int classes,
    int width)
    implements Serializable {
  static CsvExampleReader of(
      TableSchema schema, TableEncoder encoder, IdAssigner ids, int classes) {
    int width = encoder.inputs();
    CategoryWriter categories = CategoryWriter.of(encoder, width - encoder.categoricalInputs());
    return new CsvExampleReader(
        schema, encoder, encoder.columns(), categories, ids, classes, width);
  }

  ExamplesBuilder block() {
    return block(Dataset.blockSize((long) width * Float.BYTES));
  }

  /** Starts a block with room for a number of rows. */
  ExamplesBuilder block(int capacity) {
    return new ExamplesBuilder(
        capacity, width, false, ids.hasExternalIds(), schema.targetKind(), schema.isWeighted());
  }

  /** Adds a row to the block. */
  void add(CsvColumns row, long position, ExamplesBuilder block) {
    row.requireArity();
    String id = schema.id().isEmpty() ? "" : row.id();
    block.row(ids.of(id, position));
    if (ids.hasExternalIds()) {
      block.externalId(id);
    }
    addFeatures(row, block);
    addTargets(row, block);
    if (schema.isWeighted()) {
      block.weight(row.weight());
    }
  }

  private void addTargets(CsvColumns row, ExamplesBuilder block) {
    if (!schema.label().isEmpty()) {
      String column = schema.label().get(0);
      block.label(
          LabelEncoder.code(column, row.label(), Optional.of(encoder), classes, row.where()));
    }
    for (int i = 0; i < schema.targets().size(); i++) {
      block.target(i, row.target(i));
    }
  }

  private void addFeatures(CsvColumns row, ExamplesBuilder block) {
    FeatureColumn.Inputs inputs = block::feature;
    int next = 0;
    for (int i = 0; i < features.size(); i++) {
      double value = row.feature(i);
      features.get(i).write(value, inputs, next);
      categories.writeParts(i, value, inputs);
      next += features.get(i).inputs();
    }
    for (int i = 0; i < encoder.categorical().size(); i++) {
      categories.write(i, row.category(i), row.where(), inputs);
    }
  }
}
