package io.meanfield.tracking.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * An endpoint of MLflow's REST API 2.0 with the fields of its request: the messages of the same
 * purpose in mlflow/protos/service.proto and mlflow/protos/model_registry.proto of MLflow 3, and
 * the limits of mlflow/utils/validation.py.
 *
 * @param required fields that the server demands
 * @param fields the type of each field
 */
record MlflowEndpoint(
    String method, String name, Set<String> required, Map<String, FieldType> fields) {
  private static final Pattern KEY = Pattern.compile("[/\\w.\\- ]{1,250}");
  private static final int MAX_PARAM_VALUE = 6000;
  private static final int MAX_TAG_VALUE = 5000;
  private static final int MAX_METRICS = 1000;
  private static final int MAX_PARAMS_OR_TAGS = 100;

  /** The type of a field: what JSON it takes, and in words. */
  record FieldType(String name, Predicate<JsonNode> accepts) {}

  private static final FieldType STRING = new FieldType("string", JsonNode::isTextual);
  private static final FieldType INT64 =
      new FieldType("int64", node -> node.isIntegralNumber() && node.canConvertToLong());
  private static final FieldType STRINGS = listOf("strings", STRING.accepts(), Integer.MAX_VALUE);
  private static final FieldType PARAMS =
      listOf("params", keyValue(MAX_PARAM_VALUE), MAX_PARAMS_OR_TAGS);
  private static final FieldType TAGS = listOf("tags", keyValue(MAX_TAG_VALUE), MAX_PARAMS_OR_TAGS);
  private static final FieldType METRICS = listOf("metrics", MlflowEndpoint::isMetric, MAX_METRICS);
  private static final FieldType RUN_STATUS =
      new FieldType(
          "RunStatus",
          node ->
              Set.of("RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED")
                  .contains(node.asText()));

  private static final List<MlflowEndpoint> ALL =
      List.of(
          new MlflowEndpoint(
              "GET",
              "experiments/get-by-name",
              Set.of("experiment_name"),
              Map.of("experiment_name", STRING)),
          new MlflowEndpoint(
              "POST",
              "experiments/create",
              Set.of("name"),
              Map.of("name", STRING, "artifact_location", STRING, "tags", TAGS)),
          new MlflowEndpoint(
              "POST",
              "runs/search",
              Set.of("experiment_ids"),
              Map.of(
                  "experiment_ids", STRINGS,
                  "filter", STRING,
                  "run_view_type", STRING,
                  "max_results", INT64,
                  "order_by", STRINGS,
                  "page_token", STRING)),
          new MlflowEndpoint(
              "POST",
              "runs/create",
              Set.of("experiment_id"),
              Map.of(
                  "experiment_id", STRING,
                  "user_id", STRING,
                  "run_name", STRING,
                  "start_time", INT64,
                  "tags", TAGS)),
          new MlflowEndpoint(
              "POST",
              "runs/log-batch",
              Set.of("run_id"),
              Map.of("run_id", STRING, "metrics", METRICS, "params", PARAMS, "tags", TAGS)),
          new MlflowEndpoint(
              "POST",
              "runs/update",
              Set.of("run_id"),
              Map.of(
                  "run_id", STRING, "status", RUN_STATUS, "end_time", INT64, "run_name", STRING)),
          new MlflowEndpoint(
              "POST",
              "registered-models/create",
              Set.of("name"),
              Map.of("name", STRING, "tags", TAGS, "description", STRING)),
          new MlflowEndpoint(
              "GET",
              "model-versions/search",
              Set.of(),
              Map.of(
                  "filter", STRING,
                  "max_results", STRING,
                  "order_by", STRING,
                  "page_token", STRING)),
          new MlflowEndpoint(
              "POST",
              "model-versions/create",
              Set.of("name", "source"),
              Map.of(
                  "name", STRING,
                  "source", STRING,
                  "run_id", STRING,
                  "tags", TAGS,
                  "run_link", STRING,
                  "description", STRING)),
          new MlflowEndpoint(
              "POST",
              "model-versions/set-tag",
              Set.of("name", "version", "key", "value"),
              Map.of("name", STRING, "version", STRING, "key", STRING, "value", STRING)));

  static Optional<MlflowEndpoint> find(String method, String name) {
    return ALL.stream()
        .filter(endpoint -> endpoint.method().equals(method) && endpoint.name().equals(name))
        .findFirst();
  }

  /** Returns a sentence for everything that the server would not accept. */
  List<String> violations(JsonNode body) {
    List<String> violations = new ArrayList<>();
    required.stream()
        .filter(field -> !body.hasNonNull(field))
        .forEach(field -> violations.add(name + " needs " + field));
    body.properties()
        .forEach(
            field -> {
              FieldType type = fields.get(field.getKey());
              if (type == null) {
                violations.add(name + " has no field " + field.getKey());
              } else if (!type.accepts().test(field.getValue())) {
                violations.add(name + "." + field.getKey() + " is no " + type.name());
              }
            });
    if (body.toString().length() > 1_000_000) {
      violations.add(name + " has more than 1 MB");
    }
    return violations;
  }

  private static FieldType listOf(String name, Predicate<JsonNode> element, int max) {
    return new FieldType(
        name,
        node -> {
          boolean valid = node.isArray() && node.size() <= max;
          for (JsonNode each : node) {
            valid &= element.test(each);
          }
          return valid;
        });
  }

  private static Predicate<JsonNode> keyValue(int maxValue) {
    return node ->
        node.size() == 2
            && KEY.matcher(node.path("key").asText()).matches()
            && node.path("value").isTextual()
            && node.path("value").asText().length() <= maxValue;
  }

  private static boolean isMetric(JsonNode node) {
    return node.size() == 4
        && KEY.matcher(node.path("key").asText()).matches()
        && node.path("value").isNumber()
        && INT64.accepts().test(node.path("timestamp"))
        && INT64.accepts().test(node.path("step"));
  }
}
