package io.meanfield.data.csv;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.table.LabelEncoder;
import io.meanfield.data.table.TableRules;
import io.meanfield.data.table.TableSchema;
import java.io.Serializable;
import java.util.List;

/**
 * Checks the fields of a row that becomes an example; travels to executors.
 *
 * @param rules the types that values must have; a type is empty if the first value shows it
 * @param known the encoder of a model, whose vocabularies must have the categories and the label;
 *     empty if the driver checks them, or if there is none
 * @param numberedClasses whether the label must be the number of one of {@code classes}
 */
@DefaultSerializer(JavaSerializer.class)
record CsvRowCheck(
    TableSchema schema,
    TableRules rules,
    List<TableEncoder> known,
    boolean numberedClasses,
    int classes)
    implements Serializable {
  /** Returns the check of a table whose rows must all be used. */
  static CsvRowCheck ofAll(TableSchema schema, TableRules rules, int classes) {
    return new CsvRowCheck(schema, rules, List.of(), false, classes);
  }

  /**
   * Checks a row.
   *
   * @param types the types that the values of the features have shown
   * @throws io.meanfield.data.InvalidRowException if it cannot be used
   */
  void check(CsvColumns row, List<InferredType> types) {
    row.requireArity();
    for (int i = 0; i < schema.features().size(); i++) {
      checkFeature(row, i, types.get(i));
    }
    for (int i = 0; i < schema.targets().size(); i++) {
      row.target(i);
    }
    for (int i = 0; i < schema.categorical().size(); i++) {
      checkCategory(row, i);
    }
    if (!schema.label().isEmpty()) {
      checkLabel(row.label(), row.where());
    }
    if (!schema.id().isEmpty()) {
      row.id();
    }
    if (schema.isWeighted()) {
      row.weight();
    }
  }

  private void checkFeature(CsvColumns row, int i, InferredType type) {
    if (rules.features().get(i).isInferred()) {
      row.infer(i, type);
    } else {
      row.feature(i);
    }
  }

  private void checkCategory(CsvColumns row, int i) {
    String category = row.category(i);
    known.forEach(encoder -> encoder.code(encoder.categorical().get(i), category, row.where()));
  }

  private void checkLabel(String label, String where) {
    if (numberedClasses || !known.isEmpty()) {
      LabelEncoder.code(schema.label().get(0), label, known.stream().findFirst(), classes, where);
    }
  }
}
