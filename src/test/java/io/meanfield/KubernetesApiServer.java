package io.meanfield;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The part of Kubernetes' API with which a client creates objects. It keeps what it receives and
 * starts nothing.
 */
final class KubernetesApiServer implements AutoCloseable {
  /** Server-side apply sends YAML, which contains JSON. */
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> created = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  private KubernetesApiServer(HttpServer server) {
    this.server = server;
  }

  /** Starts a server on a free port of the loopback interface. */
  static KubernetesApiServer start() throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    KubernetesApiServer server = new KubernetesApiServer(http);
    http.createContext("/", server::answer);
    http.start();
    return server;
  }

  /** Returns the URL for spark-submit's {@code --master}. */
  String master() {
    return "k8s://http://localhost:" + server.getAddress().getPort();
  }

  /** Returns the objects of this kind in the order in which they were created. */
  List<JsonNode> created(String kind) {
    return created.stream().filter(object -> object.path("kind").asText().equals(kind)).toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      switch (exchange.getRequestMethod()) {
        case "POST", "PATCH" -> reply(exchange, 201, create((ObjectNode) YAML.readTree(body)));
        default -> reply(exchange, 404, notFound());
      }
    }
  }

  private ObjectNode create(ObjectNode object) {
    object
        .withObject("/metadata")
        .put("uid", UUID.randomUUID().toString())
        .put("resourceVersion", Integer.toString(created.size() + 1));
    created.add(object);
    return object;
  }

  private static ObjectNode notFound() {
    return JSON.createObjectNode()
        .put("kind", "Status")
        .put("apiVersion", "v1")
        .put("status", "Failure")
        .put("reason", "NotFound")
        .put("code", 404);
  }

  private static void reply(HttpExchange exchange, int status, ObjectNode object)
      throws IOException {
    byte[] body = JSON.writeValueAsBytes(object);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
