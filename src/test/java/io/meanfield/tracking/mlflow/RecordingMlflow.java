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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A tracking server on a free port of this machine that records every request, checks it against
 * {@link MlflowEndpoint}, and answers from {@link MlflowStore} as MLflow does.
 */
public final class RecordingMlflow implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String API = "/api/2.0/mlflow/";

  /** A request that the server has answered. */
  public record Request(String endpoint, JsonNode body, Optional<String> authorization) {}

  private final HttpServer server;
  private final MlflowStore store = new MlflowStore();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<String> violations = new CopyOnWriteArrayList<>();

  private RecordingMlflow(HttpServer server) {
    this.server = server;
  }

  public static RecordingMlflow start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      RecordingMlflow mlflow = new RecordingMlflow(server);
      server.createContext("/", mlflow::answer);
      server.start();
      return mlflow;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  public URI uri() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /** Returns what the requests had that MLflow's API does not accept. */
  public List<String> violations() {
    return violations;
  }

  public List<Request> requests() {
    return requests;
  }

  /** Returns the requests to one endpoint, in order. */
  public List<JsonNode> requests(String endpoint) {
    return requests.stream()
        .filter(request -> request.endpoint().equals(endpoint))
        .map(Request::body)
        .toList();
  }

  public MlflowStore store() {
    return store;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      MlflowStore.Answer answer = answerTo(exchange);
      byte[] body = answer.body().toString().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    } catch (RuntimeException e) {
      violations.add(exchange.getRequestURI() + ": " + e);
    }
  }

  private MlflowStore.Answer answerTo(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (!path.startsWith(API)) {
      violations.add("unknown path " + path);
      return MlflowStore.error(404, "ENDPOINT_NOT_FOUND", path);
    }
    String name = path.substring(API.length());
    Optional<MlflowEndpoint> endpoint = MlflowEndpoint.find(exchange.getRequestMethod(), name);
    if (endpoint.isEmpty()) {
      violations.add("no endpoint " + exchange.getRequestMethod() + " " + name);
      return MlflowStore.error(404, "ENDPOINT_NOT_FOUND", name);
    }
    JsonNode body = body(exchange);
    requests.add(
        new Request(
            name,
            body,
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))));
    List<String> found = new ArrayList<>(endpoint.get().violations(body));
    if (exchange.getRequestMethod().equals("POST")
        && !"application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
      found.add(name + " has no content type of JSON");
    }
    violations.addAll(found);
    return found.isEmpty()
        ? store.answer(name, body)
        : MlflowStore.error(400, "INVALID_PARAMETER_VALUE", String.join("; ", found));
  }

  private static JsonNode body(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("POST")) {
      return MAPPER.readTree(exchange.getRequestBody());
    }
    var fields = MAPPER.createObjectNode();
    for (String pair : exchange.getRequestURI().getRawQuery().split("&", -1)) {
      int equals = pair.indexOf('=');
      fields.put(
          pair.substring(0, equals),
          java.net.URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return fields;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
