package io.meanfield.tracking.mlflow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server of HTTP that keeps every request and accepts all but those to one endpoint. */
public final class RecordingServer implements AutoCloseable {
  private static final String ACCEPTED =
      """
      {"experiment": {"experiment_id": "1"}, "run": {"info": {"run_id": "1"}}}
      """;
  private static final String REFUSED =
      """
      {"error_code": "RESOURCE_EXHAUSTED", "message": "quota of the team"}
      """;

  /** A request that the server has answered. */
  public record Request(String path, String body, Optional<String> authorization) {}

  private final HttpServer server;
  private final String refused;
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  private RecordingServer(HttpServer server, String refused) {
    this.server = server;
    this.refused = refused;
  }

  /** Starts a server that accepts all requests. */
  public static RecordingServer start() {
    return refusing("nothing");
  }

  /** Starts a server that answers requests to an endpoint with status 429. */
  static RecordingServer refusing(String endpoint) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      RecordingServer recording = new RecordingServer(server, endpoint);
      server.createContext("/", recording::answer);
      server.start();
      return recording;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  public URI uri() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  public List<Request> requests() {
    return requests;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      requests.add(
          new Request(
              path,
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
              Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))));
      boolean isRefused = path.endsWith(refused);
      byte[] body = (isRefused ? REFUSED : ACCEPTED).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(isRefused ? 429 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
