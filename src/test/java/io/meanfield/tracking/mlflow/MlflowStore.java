package io.meanfield.tracking.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Experiments, runs and models as a tracking server keeps them. */
public final class MlflowStore {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern BY_RUN_ID =
      Pattern.compile("tags\\.`meanfield\\.run_id` = '([^']*)'");
  private static final Pattern BY_MLFLOW_RUN = Pattern.compile("run_id='([^']*)'");

  /** An answer of the server. */
  record Answer(int status, JsonNode body) {}

  /** A value of a metric. */
  public record Point(String key, double value, long step) {}

  /** A run of an experiment. */
  public record Run(
      String id,
      String experiment,
      String name,
      Map<String, String> tags,
      Map<String, String> params,
      List<Point> points,
      List<String> states) {

    public List<Point> points(String key) {
      return points.stream().filter(point -> point.key().equals(key)).toList();
    }

    public String state() {
      return states.get(states.size() - 1);
    }
  }

  /** A version of a registered model. */
  public record Version(
      String model, String number, String source, String run, Map<String, String> tags) {}

  private final Map<String, String> experiments = new LinkedHashMap<>();
  private final Map<String, Run> runs = new LinkedHashMap<>();
  private final List<String> models = new ArrayList<>();
  private final List<Version> versions = new ArrayList<>();
  private final Map<String, Answer> refusals = new LinkedHashMap<>();
  private Optional<String> createdByAnother = Optional.empty();

  /** Answers requests to an endpoint with an error from now on. */
  synchronized void refuse(String endpoint, int status, String code, String message) {
    refusals.put(endpoint, error(status, code, message));
  }

  /** Creates an experiment as soon as somebody has asked for it in vain. */
  synchronized void createBeforeAnswering(String experiment) {
    createdByAnother = Optional.of(experiment);
  }

  /** Returns the ids of the experiments by name. */
  public synchronized Map<String, String> experiments() {
    return Map.copyOf(experiments);
  }

  public synchronized List<Run> runs() {
    return List.copyOf(runs.values());
  }

  public synchronized List<String> models() {
    return List.copyOf(models);
  }

  public synchronized List<Version> versions() {
    return List.copyOf(versions);
  }

  synchronized Answer answer(String endpoint, JsonNode request) {
    if (refusals.containsKey(endpoint)) {
      return refusals.get(endpoint);
    }
    return switch (endpoint) {
      case "experiments/get-by-name" -> experiment(text(request, "experiment_name"));
      case "experiments/create" -> createExperiment(text(request, "name"));
      case "runs/search" -> searchRuns(request);
      case "runs/create" -> createRun(request);
      case "runs/log-batch" -> logBatch(request);
      case "runs/update" -> updateRun(request);
      case "registered-models/create" -> createModel(text(request, "name"));
      case "model-versions/search" -> searchVersions(text(request, "filter"));
      case "model-versions/create" -> createVersion(request);
      case "model-versions/set-tag" -> tagVersion(request);
      default -> throw new IllegalArgumentException(endpoint);
    };
  }

  private Answer experiment(String name) {
    if (!experiments.containsKey(name)) {
      createdByAnother.ifPresent(this::createExperiment);
      return error(404, "RESOURCE_DOES_NOT_EXIST", "no experiment " + name);
    }
    ObjectNode found = MAPPER.createObjectNode();
    found
        .putObject("experiment")
        .put("experiment_id", experiments.get(name))
        .put("name", name)
        .put("lifecycle_stage", "active");
    return new Answer(200, found);
  }

  private Answer createExperiment(String name) {
    if (experiments.containsKey(name)) {
      return error(400, "RESOURCE_ALREADY_EXISTS", "there is an experiment " + name);
    }
    String id = String.valueOf(experiments.size() + 1);
    experiments.put(name, id);
    return new Answer(200, MAPPER.createObjectNode().put("experiment_id", id));
  }

  private Answer searchRuns(JsonNode request) {
    Matcher filter = BY_RUN_ID.matcher(text(request, "filter"));
    if (!filter.matches()) {
      return error(400, "INVALID_PARAMETER_VALUE", "filter " + request.path("filter"));
    }
    ObjectNode answer = MAPPER.createObjectNode(); // without runs, MLflow leaves out the list
    runs.values().stream()
        .filter(run -> run.experiment().equals(request.path("experiment_ids").path(0).asText()))
        .filter(run -> filter.group(1).equals(run.tags().get("meanfield.run_id")))
        .forEach(run -> answer.withArray("runs").add(json(run)));
    return new Answer(200, answer);
  }

  private static ObjectNode json(Run run) {
    ObjectNode json = MAPPER.createObjectNode();
    json.putObject("info").put("run_id", run.id()).put("status", run.state());
    ObjectNode data = json.putObject("data");
    Map<String, Point> newest = new LinkedHashMap<>();
    run.points().forEach(point -> newest.put(point.key(), point));
    newest
        .values()
        .forEach(
            point ->
                data.withArray("metrics")
                    .addObject()
                    .put("key", point.key())
                    .put("value", point.value())
                    .put("timestamp", 1)
                    .put("step", point.step()));
    pairs(data, "params", run.params());
    pairs(data, "tags", run.tags());
    return json;
  }

  private static void pairs(ObjectNode json, String name, Map<String, String> pairs) {
    pairs.forEach(
        (key, value) -> json.withArray(name).addObject().put("key", key).put("value", value));
  }

  private Answer createRun(JsonNode request) {
    Run run =
        new Run(
            "mlflow" + (runs.size() + 1),
            text(request, "experiment_id"),
            text(request, "run_name"),
            pairs(request.path("tags")),
            new LinkedHashMap<>(),
            new ArrayList<>(),
            new ArrayList<>(List.of("RUNNING")));
    runs.put(run.id(), run);
    return new Answer(200, MAPPER.createObjectNode().set("run", json(run)));
  }

  private static Map<String, String> pairs(JsonNode list) {
    Map<String, String> pairs = new LinkedHashMap<>();
    list.forEach(pair -> pairs.put(text(pair, "key"), text(pair, "value")));
    return pairs;
  }

  private Answer logBatch(JsonNode request) {
    Run run = runs.get(text(request, "run_id"));
    for (Map.Entry<String, String> param : pairs(request.path("params")).entrySet()) {
      String before = run.params().putIfAbsent(param.getKey(), param.getValue());
      if (before != null && !before.equals(param.getValue())) {
        return error(
            400, "INVALID_PARAMETER_VALUE", "Changing param values is not allowed: " + param);
      }
    }
    request
        .path("metrics")
        .forEach(
            metric ->
                run.points()
                    .add(
                        new Point(
                            text(metric, "key"),
                            metric.path("value").asDouble(),
                            metric.path("step").asLong())));
    run.tags().putAll(pairs(request.path("tags")));
    return new Answer(200, MAPPER.createObjectNode());
  }

  private Answer updateRun(JsonNode request) {
    Run run = runs.get(text(request, "run_id"));
    run.states().add(text(request, "status"));
    return new Answer(200, MAPPER.createObjectNode().set("run_info", json(run).path("info")));
  }

  private Answer createModel(String name) {
    if (models.contains(name)) {
      return error(400, "RESOURCE_ALREADY_EXISTS", "Registered Model (name=" + name + ") exists");
    }
    models.add(name);
    ObjectNode answer = MAPPER.createObjectNode();
    answer.putObject("registered_model").put("name", name);
    return new Answer(200, answer);
  }

  private Answer searchVersions(String filter) {
    Matcher matcher = BY_MLFLOW_RUN.matcher(filter);
    if (!matcher.matches()) {
      return error(400, "INVALID_PARAMETER_VALUE", "filter " + filter);
    }
    ObjectNode answer = MAPPER.createObjectNode();
    versions.stream()
        .filter(version -> version.run().equals(matcher.group(1)))
        .forEach(version -> answer.withArray("model_versions").add(json(version)));
    return new Answer(200, answer);
  }

  private static ObjectNode json(Version version) {
    return MAPPER
        .createObjectNode()
        .put("name", version.model())
        .put("version", version.number())
        .put("run_id", version.run());
  }

  // mlflow/server/handlers.py, _validate_source_run: a local path must be among a run's artifacts.
  private Answer createVersion(JsonNode request) {
    String source = text(request, "source");
    if (source.startsWith("/") || source.startsWith("file:")) {
      return error(400, "INVALID_PARAMETER_VALUE", "Invalid model version source: " + source);
    }
    String model = text(request, "name");
    long before = versions.stream().filter(version -> version.model().equals(model)).count();
    Version version =
        new Version(
            model,
            String.valueOf(before + 1),
            source,
            text(request, "run_id"),
            pairs(request.path("tags")));
    versions.add(version);
    return new Answer(200, MAPPER.createObjectNode().set("model_version", json(version)));
  }

  private Answer tagVersion(JsonNode request) {
    versions.stream()
        .filter(version -> version.model().equals(text(request, "name")))
        .filter(version -> version.number().equals(text(request, "version")))
        .forEach(version -> version.tags().put(text(request, "key"), text(request, "value")));
    return new Answer(200, MAPPER.createObjectNode());
  }

  static Answer error(int status, String code, String message) {
    return new Answer(
        status, MAPPER.createObjectNode().put("error_code", code).put("message", message));
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }
}
