package io.meanfield.export.mlflow;

import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.TextForm;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.evaluate.PredictionColumns;
import io.meanfield.evaluate.metric.PredictedColumns;
import io.meanfield.export.ExportedModel;
import java.util.List;

/**
 * The file {@value #NAME}: what the loader of a model must know of the columns of the table, and of
 * the columns that {@code predict} writes.
 *
 * @param model the name of the model
 * @param outputs what becomes of the outputs of the network
 */
record ModelDescription(int schemaVersion, String model, Inputs inputs, PredictedColumns outputs) {
  static final String NAME = "meanfield.json";

  private static final int VERSION = 1;

  /** The columns that the model reads. */
  record Inputs(List<Numbers> numbers, List<Categories> categories) {
    static Inputs of(TableEncoder encoder) {
      return new Inputs(
          encoder.columns().stream().map(column -> Numbers.of(encoder, column)).toList(),
          encoder.categorical().stream().map(column -> Categories.of(encoder, column)).toList());
    }
  }

  /**
   * A column of numbers, truth values or times.
   *
   * @param expected what a value must be, for messages
   */
  record Numbers(
      String name, ValueType type, boolean acceptsMissing, String expected, Texts texts) {
    static Numbers of(TableEncoder encoder, FeatureColumn column) {
      TextForm form = encoder.formOf(column.column());
      return new Numbers(
          column.column(),
          column.type(),
          column.acceptsMissing(),
          form.expected(column.type()),
          new Texts(
              form.pattern(),
              form.pivot(),
              form.unitsBefore(),
              form.unitsBehind(),
              form.needsUnit()));
    }
  }

  /**
   * How the texts of a column are written, as {@link TextForm}.
   *
   * @param before the ways to write the unit before a number
   * @param behind the ways to write the unit after a number
   * @param needsUnit whether a number without the unit is another one
   */
  record Texts(
      String pattern, int pivot, List<String> before, List<String> behind, boolean needsUnit) {}

  /** A column of categories. */
  record Categories(String name, List<String> values, boolean acceptsUnknown) {
    static Categories of(TableEncoder encoder, Vocabulary column) {
      return new Categories(column.column(), column.values(), encoder.acceptsUnknown());
    }
  }

  static ModelDescription of(
      ExportedModel exported, TableEncoder encoder, PredictionColumns columns) {
    return new ModelDescription(VERSION, exported.name(), Inputs.of(encoder), columns.predicted());
  }
}
