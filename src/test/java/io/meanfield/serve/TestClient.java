package io.meanfield.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/** A client of a server. */
public record TestClient(HttpClient http, URI server) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public TestClient(URI server) {
    this(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(), server);
  }

  /** Returns the answer to a GET. */
  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path).GET().build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path));
  }

  /** Returns the answer to a POST of JSON. */
  public HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return http.send(json(path, body), BodyHandlers.ofString());
  }

  private HttpRequest json(String path, String body) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  CompletableFuture<HttpResponse<String>> postLater(String path, String body) {
    return http.sendAsync(json(path, body), BodyHandlers.ofString());
  }

  /** Returns the answer to a request of another kind. */
  HttpResponse<String> send(String method, String path, String type, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        request(path)
            .header("Content-Type", type)
            .method(method, BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  public static JsonNode json(HttpResponse<String> answer) throws IOException {
    return MAPPER.readTree(answer.body());
  }

  /** A request on a connection of its own, whose body has not arrived as a whole. */
  public static final class Unfinished implements AutoCloseable {
    private final Socket socket;
    private final byte[] body;

    /** Sends the headers and the first byte. */
    public Unfinished(URI server, String path, String json) throws IOException {
      this.socket = new Socket(server.getHost(), server.getPort());
      this.body = json.getBytes(UTF_8);
      String head =
          "POST %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %s\r\n\r\n"
              .formatted(path, body.length);
      socket.getOutputStream().write(head.getBytes(UTF_8));
      socket.getOutputStream().write(body, 0, 1);
    }

    /** Sends the rest of the body, and returns the answer. */
    public String finish() throws IOException {
      socket.getOutputStream().write(body, 1, body.length - 1);
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
