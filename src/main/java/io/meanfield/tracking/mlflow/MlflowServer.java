package io.meanfield.tracking.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The REST API 2.0 of a tracking server, with the credentials of MLflow's own clients, which are
 * never part of a message. All requests together take at most a given time.
 */
final class MlflowServer {
  private static final String API = "/api/2.0/mlflow/";
  private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/";
  // Of model-versions/search.
  private static final int MAX_VERSIONS = 10_000;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final URI uri;
  private final Optional<String> authorization;
  private final Duration limit;
  private final long deadlineNanos;
  private final HttpClient http;

  /** An answer of the server. */
  private record Answer(int status, JsonNode body) {
    JsonNode require(String endpoint) throws IOException {
      if (status != 200) {
        throw new IOException(
            "%s answered %s%s%s"
                .formatted(
                    endpoint,
                    status,
                    body.has("error_code") ? " " + body.path("error_code").asText() : "",
                    body.has("message") ? ": " + body.path("message").asText() : ""));
      }
      return body;
    }
  }

  /**
   * Creates a client.
   *
   * @param environment the environment variables of this process, with the credentials
   * @param limit the longest time that all requests may take together
   */
  MlflowServer(URI uri, Map<String, String> environment, Duration limit) {
    this(uri, authorization(environment), limit);
  }

  private MlflowServer(URI uri, Optional<String> authorization, Duration limit) {
    this.uri = uri;
    this.authorization = authorization;
    this.limit = limit;
    this.deadlineNanos = System.nanoTime() + limit.toNanos();
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1) // servers without HTTP/2 dislike its upgrade
            .connectTimeout(limit)
            .build();
  }

  /** Returns a client of the same server whose requests may take this time from now on. */
  MlflowServer within(Duration time) {
    return new MlflowServer(uri, authorization, time);
  }

  private static Optional<String> authorization(Map<String, String> environment) {
    Optional<String> user = value(environment, "MLFLOW_TRACKING_USERNAME");
    Optional<String> password = value(environment, "MLFLOW_TRACKING_PASSWORD");
    return user.flatMap(name -> password.map(secret -> basic(name + ":" + secret)))
        .or(() -> value(environment, "MLFLOW_TRACKING_TOKEN").map(token -> "Bearer " + token));
  }

  // A Secret that was made with echo ends with a line break, which no header may contain.
  private static Optional<String> value(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  private static String basic(String userAndPassword) {
    byte[] bytes = userAndPassword.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  /** Returns the id of an experiment, which is created if it does not exist. */
  String experiment(String name) throws IOException {
    JsonNode found = findOrCreate("experiments", "get-by-name", "experiment_name", name);
    return found.findPath("experiment_id").asText();
  }

  /** Creates a registered model if it does not exist. */
  void registerModel(String name) throws IOException {
    findOrCreate("registered-models", "get", "name", name);
  }

  /** Returns the versions of a registered model, the newest first. */
  JsonNode versions(String model) throws IOException {
    String endpoint = "model-versions/search";
    String filter = URLEncoder.encode("name='" + model + "'", StandardCharsets.UTF_8);
    String order = URLEncoder.encode("version_number DESC", StandardCharsets.UTF_8);
    String query = "?max_results=%s&filter=%s&order_by=%s".formatted(MAX_VERSIONS, filter, order);
    return send(endpoint, request(endpoint + query).GET()).require(endpoint).path("model_versions");
  }

  /** Returns the newest runs of an experiment, at most 1,000, with this value of a tag. */
  JsonNode runs(String experimentId, String tag, String value) throws IOException {
    return post(
            "runs/search",
            Map.of(
                "experiment_ids",
                List.of(experimentId),
                "filter",
                "tags.`%s` = '%s'".formatted(tag, value)))
        .path("runs");
  }

  private JsonNode findOrCreate(String kind, String get, String parameter, String name)
      throws IOException {
    String endpoint = kind + "/" + get;
    String query = "?" + parameter + "=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    Answer found = send(endpoint, request(endpoint + query).GET());
    return found.status() == 404
        ? post(kind + "/create", Map.of("name", name))
        : found.require(endpoint);
  }

  /** Sends a request and returns the answer. */
  JsonNode post(String endpoint, Map<String, Object> body) throws IOException {
    String json = MAPPER.writeValueAsString(body);
    return send(endpoint, request(endpoint).POST(HttpRequest.BodyPublishers.ofString(json)))
        .require(endpoint);
  }

  /** Sends a file to the store of the server. */
  void upload(String path, byte[] content) throws IOException {
    String endpoint = "artifacts" + path;
    HttpRequest.Builder request = requestAt(ARTIFACTS + endpoint);
    send(endpoint, request.PUT(HttpRequest.BodyPublishers.ofByteArray(content))).require(endpoint);
  }

  private HttpRequest.Builder request(String endpoint) {
    return requestAt(API + endpoint);
  }

  private HttpRequest.Builder requestAt(String path) {
    String base = uri.toString().replaceAll("/+$", "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).header("Content-Type", "application/json");
    authorization.ifPresent(value -> authorize(request, value));
    return request;
  }

  // Java's exception contains the credentials, so it is no cause of the new one.
  private static void authorize(HttpRequest.Builder request, String value) {
    try {
      request.header("Authorization", value);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "the value of MLFLOW_TRACKING_TOKEN contains characters that no HTTP header may contain");
    }
  }

  private Answer send(String endpoint, HttpRequest.Builder request) throws IOException {
    HttpResponse<byte[]> response =
        await(endpoint, http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    try {
      return new Answer(response.statusCode(), MAPPER.readTree(response.body()));
    } catch (JsonProcessingException notMlflow) {
      return new Answer(response.statusCode(), MAPPER.createObjectNode());
    }
  }

  // The timeout of a request of java.net.http ends with the headers of the answer; this one does
  // not.
  private <T> T await(String endpoint, CompletableFuture<T> answer) throws IOException {
    try {
      return answer.get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw new IOException(
          "%s was not answered within %s s".formatted(endpoint, limit.toSeconds()), late);
    } catch (ExecutionException e) {
      throw new IOException(endpoint + " failed: " + reason(e.getCause()), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(endpoint + " was interrupted", e);
    } finally {
      answer.cancel(true);
    }
  }

  private static String reason(Throwable failure) {
    return failure instanceof IOException && failure.getMessage() != null
        ? failure.getMessage()
        : failure.toString();
  }
}
