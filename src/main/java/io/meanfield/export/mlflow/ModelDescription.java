package io.meanfield.export.mlflow;

import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.TextForm;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.encoding.CategoryInputs;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.evaluate.PredictionColumns;
import io.meanfield.evaluate.metric.PredictedColumns;
import io.meanfield.export.ExportedModel;
import io.meanfield.export.input.ModelInput;
import io.meanfield.scorer.InputColumn;
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

  /**
   * The columns that the model reads: those of a table, or one with an array for each row.
   *
   * @param arrays the column of images, or of arrays of numbers
   */
  record Inputs(
      List<Numbers> numbers, List<Categories> categories, List<Bags> texts, List<Arrays> arrays) {}

  /** Describes the columns. */
  private record InputsOf() implements ModelInput.RowVisitor<Inputs> {
    @Override
    public Inputs array(InputColumn column) {
      return new Inputs(
          List.of(),
          List.of(),
          List.of(),
          List.of(new Arrays(column.name(), column.type(), column.shape())));
    }

    @Override
    public Inputs columns(ModelInput.Columns columns) {
      TableEncoder encoder = columns.encoder();
      return new Inputs(
          encoder.columns().stream().map(column -> Numbers.of(encoder, column)).toList(),
          encoder.categorical().stream()
              .filter(column -> !encoder.inputsOf(column).hasWords())
              .map(column -> Categories.of(encoder, column))
              .toList(),
          encoder.categories().stream().filter(CategoryInputs::hasWords).map(Bags::of).toList(),
          List.of());
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

  /**
   * A column of texts, as {@link io.meanfield.data.encoding.WordCodes} reads it.
   *
   * @param words those that the model knows, in the order of their numbers, from 1
   * @param most the largest number of words of a text
   * @param exponents of the usual weights of the words; empty if they have none
   */
  record Bags(String name, List<String> words, int most, List<Integer> exponents) {
    static Bags of(CategoryInputs column) {
      return new Bags(column.name(), column.values(), column.words(), column.exponents());
    }
  }

  /**
   * A column of arrays.
   *
   * @param type {@link InputColumn.Type#PIXELS} or {@link InputColumn.Type#NUMBERS}
   * @param shape of one array
   */
  record Arrays(String name, InputColumn.Type type, List<Integer> shape) {}

  static ModelDescription of(ExportedModel exported, PredictionColumns columns) {
    return new ModelDescription(
        VERSION, exported.name(), exported.input().accept(new InputsOf()), columns.predicted());
  }
}
