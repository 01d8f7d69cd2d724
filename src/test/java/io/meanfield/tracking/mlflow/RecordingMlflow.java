package io.meanfield.tracking.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A tracking server on a free port of this machine that answers as MLflow's REST API 2.0 does
 * (mlflow/protos/service.proto of MLflow 3), and keeps every request.
 */
public final class RecordingMlflow implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String API = "/api/2.0/mlflow/";

  /** A request that the server has answered. */
  public record Request(String endpoint, JsonNode body, Optional<String> authorization) {}

  /** A value of a metric. */
  public record Point(String key, double value, long step) {}

  /** A run of an experiment. */
  public record Run(
      String experiment,
      String name,
      Map<String, String> tags,
      Map<String, String> params,
      List<Point> points,
      List<String> states) {
    public List<Point> points(String key) {
      return points.stream().filter(point -> point.key().equals(key)).toList();
    }
  }

  private final HttpServer server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();
  private final List<String> experiments = new CopyOnWriteArrayList<>();
  private final List<Run> runs = new CopyOnWriteArrayList<>();
  private Optional<String> refused = Optional.empty();

  private RecordingMlflow(HttpServer server) {
    this.server = server;
  }

  public static RecordingMlflow start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      RecordingMlflow mlflow = new RecordingMlflow(server);
      server.createContext(API, mlflow::answer);
      server.start();
      return mlflow;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  public URI uri() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /** Answers requests to an endpoint with status 429 from now on. */
  void refuse(String endpoint) {
    refused = Optional.of(endpoint);
  }

  public List<Request> requests() {
    return requests;
  }

  /** Returns the requests that MLflow does not accept. */
  public List<String> violations() {
    return violations;
  }

  public List<String> experiments() {
    return experiments;
  }

  public List<Run> runs() {
    return runs;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String endpoint = exchange.getRequestURI().getPath().substring(API.length());
      boolean isGet = exchange.getRequestMethod().equals("GET");
      JsonNode body =
          isGet
              ? MAPPER.createObjectNode().put("query", exchange.getRequestURI().getQuery())
              : MAPPER.readTree(exchange.getRequestBody());
      requests.add(
          new Request(
              endpoint,
              body,
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))));
      if (refused.equals(Optional.of(endpoint))) {
        send(exchange, 429, "{'error_code':'RESOURCE_EXHAUSTED','message':'quota of the team'}");
      } else if (isGet && experiments.isEmpty()) {
        send(exchange, 404, "{'error_code':'RESOURCE_DOES_NOT_EXIST','message':'no experiment'}");
      } else {
        send(exchange, 200, answer(endpoint, body));
      }
    } catch (RuntimeException e) {
      violations.add(exchange.getRequestURI() + ": " + e);
    }
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private String answer(String endpoint, JsonNode body) {
    return switch (endpoint) {
      case "experiments/get-by-name" -> "{'experiment':{'experiment_id':'1'}}";
      case "experiments/create" -> {
        experiments.add(body.required("name").textValue());
        yield "{'experiment_id':'1'}";
      }
      case "runs/create" -> {
        runs.add(created(body));
        yield "{'run':{'info':{'run_id':'" + (runs.size() - 1) + "'}}}";
      }
      case "runs/log-batch" -> {
        log(run(body.required("run_id")), body);
        yield "{}";
      }
      case "runs/update" -> {
        body.required("end_time");
        run(body.required("run_id")).states().add(body.required("status").textValue());
        yield "{}";
      }
      default -> throw new IllegalArgumentException(endpoint);
    };
  }

  private static Run created(JsonNode body) {
    body.required("start_time");
    return new Run(
        body.required("experiment_id").textValue(),
        body.required("run_name").textValue(),
        pairs(body.required("tags"), 5000),
        new LinkedHashMap<>(),
        new ArrayList<>(),
        new ArrayList<>());
  }

  private Run run(JsonNode id) {
    return runs.get(Integer.parseInt(id.textValue()));
  }

  private static void log(Run run, JsonNode body) {
    run.params().putAll(pairs(body.path("params"), 6000));
    JsonNode metrics = body.path("metrics");
    require(metrics.size() <= 1000 && body.path("params").size() <= 100, "too many entries");
    for (JsonNode metric : metrics) {
      require(metric.required("timestamp").isIntegralNumber(), "timestamp is no int64");
      run.points()
          .add(
              new Point(
                  key(metric),
                  metric.required("value").doubleValue(),
                  metric.required("step").asLong()));
    }
  }

  private static Map<String, String> pairs(JsonNode list, int longest) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (JsonNode pair : list) {
      String value = pair.required("value").textValue();
      require(value.length() <= longest, "the value is too long");
      pairs.put(key(pair), value);
    }
    return pairs;
  }

  private static String key(JsonNode entry) {
    String key = entry.required("key").textValue();
    require(key.matches("[/\\w.\\- ]{1,250}"), "invalid key " + key);
    return key;
  }

  private static void require(boolean condition, String violation) {
    if (!condition) {
      throw new IllegalArgumentException(violation);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
