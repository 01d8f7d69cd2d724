package io.meanfield.tracking.mlflow;

import io.meanfield.json.InvalidJsonException;
import io.meanfield.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** The REST API of a tracking server. All requests together take at most a given time. */
final class MlflowServer {
  private static final String API = "/api/2.0/mlflow/";

  /** The body of an answer that is not a success. */
  private record Failure(Optional<String> errorCode, Optional<String> message) {}

  private final URI uri;
  private final Optional<String> authorization;
  private final Duration limit;
  private final long deadlineNanos;
  private final HttpClient http;

  /**
   * Creates a client.
   *
   * @param environment the environment variables of this process, with the credentials
   * @param limit the longest time that all requests may take together
   */
  MlflowServer(URI uri, Map<String, String> environment, Duration limit) {
    this.uri = uri;
    this.authorization = Credentials.authorization(environment);
    this.limit = limit;
    this.deadlineNanos = System.nanoTime() + limit.toNanos();
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1) // servers without HTTP/2 dislike its upgrade
            .connectTimeout(limit)
            .build();
  }

  /** Sends a request whose answer says nothing. */
  void post(String endpoint, Record body) throws IOException {
    send(endpoint, request(endpoint).POST(json(body)));
  }

  /** Sends a request and returns the answer. */
  <T extends Record> T post(String endpoint, Record body, Class<T> answer) throws IOException {
    return parse(endpoint, send(endpoint, request(endpoint).POST(json(body))), answer);
  }

  /** Asks for something and returns the answer. */
  <T extends Record> T get(String endpoint, Map<String, String> query, Class<T> answer)
      throws IOException {
    String encoded =
        query.entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + encode(parameter.getValue()))
            .collect(Collectors.joining("&"));
    return parse(endpoint, send(endpoint, request(endpoint + "?" + encoded).GET()), answer);
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static HttpRequest.BodyPublisher json(Record body) {
    return HttpRequest.BodyPublishers.ofString(Json.text(body));
  }

  private HttpRequest.Builder request(String endpoint) {
    String base = uri.toString().replaceAll("/+$", "");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + API + endpoint))
            .header("Content-Type", "application/json");
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

  private static <T extends Record> T parse(String endpoint, byte[] json, Class<T> answer)
      throws IOException {
    try {
      return Json.parse(json, answer);
    } catch (InvalidJsonException e) {
      throw new IOException(
          endpoint + " answered something else than MLflow does: " + e.getMessage(), e);
    }
  }

  private byte[] send(String endpoint, HttpRequest.Builder request) throws IOException {
    HttpResponse<byte[]> response =
        await(endpoint, http.sendAsync(request.build(), headers -> new BoundedBody()));
    if (response.statusCode() != 200) {
      throw failure(endpoint, response);
    }
    return response.body();
  }

  // The timeout of a request of java.net.http ends with the headers of the answer; this one does
  // not.
  private <T> T await(String endpoint, CompletableFuture<T> answer) throws IOException {
    try {
      return answer.get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw new IOException(
          endpoint + " was not answered within " + limit.toSeconds() + " s", late);
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

  private static MlflowException failure(String endpoint, HttpResponse<byte[]> response) {
    Failure failure = failure(response.body());
    String code = failure.errorCode().map(text -> " " + text).orElse("");
    String message = failure.message().map(text -> ": " + text).orElse("");
    return new MlflowException(
        failure.errorCode().orElse(""),
        endpoint + " answered " + response.statusCode() + code + message);
  }

  private static Failure failure(byte[] body) {
    try {
      return Json.parse(body, Failure.class);
    } catch (IOException otherServer) {
      return new Failure(Optional.empty(), Optional.empty());
    }
  }
}
