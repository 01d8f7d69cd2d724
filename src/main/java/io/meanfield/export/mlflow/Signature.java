package io.meanfield.export.mlflow;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.evaluate.PredictionColumns;
import io.meanfield.export.input.ModelInput;
import io.meanfield.scorer.InputColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * The signature of a model of MLflow, as two texts of JSON. MLflow refuses whole numbers where it
 * expects fractions, fractions where it expects whole numbers, and texts where it expects numbers
 * or times, although the model reads all of them as {@code predict} does. So columns of numbers,
 * truth values and times are of any type; the loader refuses what it cannot read.
 */
record Signature(String inputs, String outputs) {
  private static final String ANY = "any";

  static Signature of(ModelInput input, PredictionColumns predictions) {
    return new Signature(
        json(input.accept(new Inputs())),
        json(predictions.fields().stream().map(Signature::output).toList()));
  }

  private record Inputs() implements ModelInput.RowVisitor<List<Map<String, Object>>> {
    @Override
    public List<Map<String, Object>> array(InputColumn array) {
      return List.of(column(array.name(), ANY)); // bytes, or lists or arrays of any depth
    }

    @Override
    public List<Map<String, Object>> columns(ModelInput.Columns columns) {
      TableEncoder encoder = columns.encoder();
      List<Map<String, Object>> inputs = new ArrayList<>();
      encoder.features().forEach(column -> inputs.add(column(column, ANY)));
      for (Vocabulary column : encoder.categorical()) {
        boolean hasWords = encoder.inputsOf(column).hasWords(); // texts, lists or maps
        inputs.add(column(column.column(), hasWords ? ANY : type(column)));
      }
      return inputs;
    }
  }

  // Categories that are numbers or truth values may be those of a DataFrame, too.
  private static String type(Vocabulary column) {
    return column.values().stream().allMatch(value -> isNumber(value) || isTruth(value))
        ? ANY
        : "string";
  }

  private static boolean isNumber(String value) {
    return ValueType.NUMBER.parse(value).isPresent();
  }

  private static boolean isTruth(String value) {
    return ValueType.BOOLEAN.parse(value).isPresent();
  }

  private static Map<String, Object> column(String name, String type) {
    return Map.of("name", name, "type", type, "required", true);
  }

  private static Map<String, Object> output(StructField field) {
    DataType type = field.dataType();
    if (type.equals(DataTypes.IntegerType)) {
      return column(field.name(), "integer");
    }
    if (type.equals(DataTypes.DoubleType)) {
      return column(field.name(), "double");
    }
    return type.equals(DataTypes.StringType)
        ? column(field.name(), "string")
        : Map.of(
            "name",
            field.name(),
            "type",
            "array",
            "items",
            Map.of("type", isOfTexts(type) ? "string" : "float"),
            "required",
            true);
  }

  private static boolean isOfTexts(DataType type) {
    return type instanceof ArrayType array && array.elementType().equals(DataTypes.StringType);
  }

  private static String json(List<Map<String, Object>> columns) {
    return ConfigValueFactory.fromIterable(columns).render(ConfigRenderOptions.concise());
  }
}
