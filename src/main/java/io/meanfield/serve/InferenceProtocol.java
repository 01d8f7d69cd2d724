package io.meanfield.serve;

import io.meanfield.evaluate.metric.PredictedColumns;
import io.meanfield.scorer.InputColumn;
import io.meanfield.scorer.Scorer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The bodies of the Open Inference Protocol (version 2, REST, JSON): a tensor for each column of a
 * table by its name, with the shape [rows] or [rows, 1], or one of arrays.
 */
final class InferenceProtocol {
  private static final String NAME = "name";
  private static final String DATATYPE = "datatype";
  private static final String SHAPE = "shape";
  private static final String DATA = "data";

  private InferenceProtocol() {}

  /** Returns the description of a model. */
  static Map<String, Object> metadata(ServedModel model) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put(NAME, model.name());
    metadata.put("versions", List.of(model.version()));
    metadata.put("platform", "meanfield");
    metadata.put(
        "inputs",
        model.scorer().inputs().stream()
            .map(column -> tensor(column.name(), type(column), column.shape()))
            .toList());
    metadata.put(
        "outputs",
        model.scorer().predictions().stream()
            .map(
                column ->
                    tensor(
                        column.name(),
                        type(column.kind()),
                        column.kind() == PredictedColumns.Kind.NUMBERS ? List.of(-1) : List.of()))
            .toList());
    return metadata;
  }

  private static Map<String, Object> tensor(String name, Datatype type, List<Integer> shape) {
    Map<String, Object> tensor = new LinkedHashMap<>();
    tensor.put(NAME, name);
    tensor.put(DATATYPE, type);
    tensor.put(SHAPE, Stream.concat(Stream.of(-1), shape.stream()).toList());
    return tensor;
  }

  private static Datatype type(InputColumn column) {
    return switch (column.type()) {
      case NUMBER -> Datatype.FP64;
      case TRUTH_VALUE -> Datatype.BOOL;
      case TIME, TEXT -> Datatype.BYTES;
      case PIXELS -> Datatype.UINT8;
      case NUMBERS -> Datatype.FP32;
    };
  }

  private static Datatype type(PredictedColumns.Kind kind) {
    return switch (kind) {
      case INTEGER -> Datatype.INT32;
      case TEXT, TEXTS -> Datatype.BYTES;
      case NUMBER -> Datatype.FP64;
      case NUMBERS -> Datatype.FP32;
    };
  }

  /**
   * Returns the rows of a request.
   *
   * @throws HttpFailure if a tensor is not as its shape and type say
   */
  static List<Map<String, Object>> rows(Map<String, Object> request, Scorer scorer) {
    Map<String, InputColumn> columns =
        scorer.inputs().stream().collect(Collectors.toMap(InputColumn::name, column -> column));
    List<Map<String, Object>> rows = new ArrayList<>();
    boolean isFirst = true;
    for (Object each : JsonBody.list(request.get("inputs"), "inputs")) {
      Map<String, Object> input = JsonBody.object(each, "an element of inputs");
      String name = JsonBody.text(input.get(NAME), "the name of an input");
      List<Object> values =
          new Input(input, "input " + JsonBody.shown(name))
              .rows(columns.containsKey(name) && columns.get(name).isArray());
      while (isFirst && rows.size() < values.size()) {
        rows.add(new LinkedHashMap<>());
      }
      isFirst = false;
      if (values.size() != rows.size()) {
        throw HttpFailure.badRequest(
            "input %s has %s rows, expected %s, as the first input has",
            JsonBody.shown(name), values.size(), rows.size());
      }
      for (int i = 0; i < values.size(); i++) {
        if (rows.get(i).containsKey(name)) {
          throw HttpFailure.badRequest("inputs has %s twice", JsonBody.shown(name));
        }
        rows.get(i).put(name, values.get(i));
      }
    }
    return rows;
  }

  /** A tensor of a request. */
  private record Input(Map<String, Object> tensor, String where) {
    /** Returns a value for each row. */
    List<Object> rows(boolean isArray) {
      List<Integer> shape = shape();
      List<Object> values = new ArrayList<>();
      flatten(tensor.get(DATA), datatype(), values);
      long count = shape.stream().mapToLong(Integer::longValue).reduce(1, Input::product);
      if (values.size() != count) {
        throw HttpFailure.badRequest(
            "%s has %s values, expected %s for its shape %s", where, values.size(), count, shape);
      }
      int rows = shape.get(0);
      if (!isArray && count != rows) {
        throw HttpFailure.badRequest(
            "%s has the shape %s, expected one value for each row: [%s] or [%s, 1]",
            where, shape, rows, rows);
      }
      return isArray ? slices(values, rows) : values;
    }

    private static long product(long one, long other) {
      return one == 0 || other <= Integer.MAX_VALUE / one ? one * other : Long.MAX_VALUE;
    }

    private static List<Object> slices(List<Object> values, int rows) {
      List<Object> slices = new ArrayList<>();
      for (int row = 0; row < rows; row++) {
        int width = values.size() / rows;
        slices.add(values.subList(row * width, (row + 1) * width));
      }
      return slices;
    }

    private List<Integer> shape() {
      List<Integer> shape = new ArrayList<>();
      for (Object size : JsonBody.list(tensor.get(SHAPE), "the shape of " + where)) {
        if (!(size instanceof Integer number) || number < 0) {
          throw HttpFailure.badRequest(
              "the shape of %s has %s, expected numbers of at least 0",
              where, JsonBody.shown(size));
        }
        shape.add(number);
      }
      if (shape.isEmpty()) {
        throw HttpFailure.badRequest(
            "the shape of %s is empty, expected the number of rows", where);
      }
      return shape;
    }

    private Datatype datatype() {
      String name = JsonBody.text(tensor.get(DATATYPE), "the datatype of " + where);
      return Stream.of(Datatype.values())
          .filter(type -> type.name().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  HttpFailure.badRequest(
                      "the datatype of %s is %s, expected one of %s",
                      where,
                      JsonBody.shown(name),
                      Stream.of(Datatype.values())
                          .map(Datatype::name)
                          .collect(Collectors.joining(", "))));
    }

    private void flatten(Object data, Datatype type, List<Object> values) {
      for (Object each : JsonBody.list(data, "the data of " + where)) {
        if (each instanceof List<?>) {
          flatten(each, type, values);
        } else {
          values.add(each == null ? null : value(each, type, values.size()));
        }
      }
    }

    private Object value(Object value, Datatype type, int position) {
      return type.read(value)
          .orElseThrow(
              () ->
                  HttpFailure.badRequest(
                      "%s has %s at position %s, expected a value of the datatype %s",
                      where, JsonBody.shown(value), position + 1, type));
    }
  }

  /**
   * Returns the answer for predictions, with the outputs for which the request asks.
   *
   * @throws HttpFailure if the request asks for another output
   */
  static Map<String, Object> answer(
      Map<String, Object> request, ServedModel model, List<Map<String, Object>> predictions) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("model_name", model.name());
    answer.put("model_version", model.version());
    if (request.get("id") != null) {
      answer.put("id", JsonBody.text(request.get("id"), "id"));
    }
    answer.put(
        "outputs",
        wanted(request, model.scorer().predictions()).stream()
            .map(column -> output(column, predictions))
            .toList());
    return answer;
  }

  private static List<PredictedColumns.Column> wanted(
      Map<String, Object> request, List<PredictedColumns.Column> columns) {
    if (request.get("outputs") == null) {
      return columns;
    }
    List<PredictedColumns.Column> wanted = new ArrayList<>();
    for (Object each : JsonBody.list(request.get("outputs"), "outputs")) {
      String name =
          JsonBody.text(
              JsonBody.object(each, "an element of outputs").get(NAME), "the name of an output");
      wanted.add(
          columns.stream()
              .filter(column -> column.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      HttpFailure.badRequest(
                          "the model has no output %s; its outputs are %s",
                          JsonBody.shown(name),
                          columns.stream()
                              .map(PredictedColumns.Column::name)
                              .collect(Collectors.joining(", ")))));
    }
    return wanted;
  }

  private static Map<String, Object> output(
      PredictedColumns.Column column, List<Map<String, Object>> predictions) {
    List<Object> data = new ArrayList<>();
    int width = 0;
    for (Map<String, Object> row : predictions) {
      Object value = row.get(column.name());
      if (value instanceof float[] numbers) {
        width = numbers.length;
        for (float number : numbers) {
          data.add(number);
        }
      } else if (value instanceof String[] texts) {
        data.add(JsonBody.text(List.of(texts))); // sets have different sizes, a tensor has one
      } else {
        data.add(value);
      }
    }
    Map<String, Object> output = new LinkedHashMap<>();
    output.put(NAME, column.name());
    output.put(DATATYPE, type(column.kind()).name().toUpperCase(Locale.ROOT));
    output.put(
        SHAPE,
        column.kind() == PredictedColumns.Kind.NUMBERS
            ? List.of(predictions.size(), width)
            : List.of(predictions.size()));
    output.put(DATA, data);
    return output;
  }
}
