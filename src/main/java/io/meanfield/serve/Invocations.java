package io.meanfield.serve;

import io.meanfield.scorer.InputColumn;
import io.meanfield.scorer.Scorer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The bodies of {@code /invocations}, as MLflow's own scoring server takes and returns them. */
final class Invocations {
  private static final String SPLIT = "dataframe_split";
  private static final String RECORDS = "dataframe_records";
  private static final String INSTANCES = "instances";
  private static final String INPUTS = "inputs";
  private static final List<String> FORMATS = List.of(SPLIT, RECORDS, INSTANCES, INPUTS);
  private static final String PARAMS = "params";

  private Invocations() {}

  /**
   * Returns the rows of a request.
   *
   * @throws HttpFailure if it has none of the formats
   */
  static List<Map<String, Object>> rows(Map<String, Object> request, Scorer scorer) {
    TreeSet<String> keys = new TreeSet<>(request.keySet());
    if (request.get(PARAMS) != null && !request.get(PARAMS).equals(Map.of())) {
      throw HttpFailure.badRequest("a model of Meanfield has no params; leave %s out", PARAMS);
    }
    keys.remove(PARAMS);
    if (keys.size() != 1 || !FORMATS.contains(keys.first())) {
      throw HttpFailure.badRequest(
          "expected exactly one of the keys %s, found %s",
          String.join(", ", FORMATS), keys.isEmpty() ? "none" : String.join(", ", keys));
    }
    String format = keys.first();
    Object value = request.get(format);
    return switch (format) {
      case SPLIT -> split(JsonBody.object(value, SPLIT));
      case RECORDS -> records(JsonBody.list(value, RECORDS));
      case INPUTS ->
          value instanceof Map<?, ?>
              ? columns(JsonBody.object(value, INPUTS))
              : instances(JsonBody.list(value, INPUTS), INPUTS, scorer);
      default -> instances(JsonBody.list(value, INSTANCES), INSTANCES, scorer);
    };
  }

  private static List<Map<String, Object>> split(Map<String, Object> frame) {
    Set<String> names = new LinkedHashSet<>();
    for (Object column : JsonBody.list(frame.get("columns"), SPLIT + ".columns")) {
      String name = JsonBody.text(column, "a name in %s.columns".formatted(SPLIT));
      if (!names.add(name)) {
        throw HttpFailure.badRequest("%s.columns has %s twice", SPLIT, JsonBody.shown(name));
      }
    }
    List<String> columns = List.copyOf(names);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Object each : JsonBody.list(frame.get("data"), SPLIT + ".data")) {
      List<?> values = JsonBody.list(each, "row %s of %s.data".formatted(rows.size() + 1, SPLIT));
      if (values.size() != columns.size()) {
        throw HttpFailure.badRequest(
            "row %s of %s.data has %s values, expected %s, one for each column",
            rows.size() + 1, SPLIT, values.size(), columns.size());
      }
      Map<String, Object> row = new LinkedHashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        row.put(columns.get(i), values.get(i));
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<Map<String, Object>> records(List<?> records) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Object record : records) {
      rows.add(JsonBody.object(record, "row %s of %s".formatted(rows.size() + 1, RECORDS)));
    }
    return rows;
  }

  /** Returns rows that are objects, or the arrays of the only column of a model. */
  private static List<Map<String, Object>> instances(List<?> values, String key, Scorer scorer) {
    List<InputColumn> inputs = scorer.inputs();
    boolean takesArrays = inputs.size() == 1 && inputs.get(0).isArray();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Object value : values) {
      rows.add(
          takesArrays && value instanceof List<?>
              ? Map.of(inputs.get(0).name(), value)
              : JsonBody.object(value, "row %s of %s".formatted(rows.size() + 1, key)));
    }
    return rows;
  }

  private static List<Map<String, Object>> columns(Map<String, Object> columns) {
    List<Map<String, Object>> rows = new ArrayList<>();
    boolean isFirst = true;
    for (Map.Entry<String, Object> column : columns.entrySet()) {
      List<?> values = JsonBody.list(column.getValue(), INPUTS + "." + column.getKey());
      while (isFirst && rows.size() < values.size()) {
        rows.add(new LinkedHashMap<>());
      }
      isFirst = false;
      if (values.size() != rows.size()) {
        throw HttpFailure.badRequest(
            "%s.%s has %s values, expected %s, as the first column has",
            INPUTS, column.getKey(), values.size(), rows.size());
      }
      for (int i = 0; i < values.size(); i++) {
        rows.get(i).put(column.getKey(), values.get(i));
      }
    }
    return rows;
  }

  /** Returns the answer for predictions. */
  static Map<String, Object> answer(ServedModel model, List<Map<String, Object>> predictions) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("predictions", predictions);
    answer.put("model_name", model.name());
    answer.put("model_version", model.version());
    return answer;
  }
}
