package io.meanfield.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.run.Provenance;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests: the Open Inference Protocol, MLflow's paths, and metrics. */
final class Endpoints implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);
  private static final String GET = "GET";
  private static final String POST = "POST";
  private static final String PROTOCOL = "/v2";
  private static final String INVOCATIONS = "/invocations";
  private static final String STOPPING = "the server is stopping";
  private static final Pattern MODEL =
      Pattern.compile(PROTOCOL + "/models/([^/]+)(?:/versions/([^/]+))?(/ready|/infer)?");

  private final Champion champion;
  private final ServeMetrics metrics;
  private final Admission admission;
  private final int maxBody;

  Endpoints(Champion champion, ServeMetrics metrics, Admission admission, int maxBody) {
    this.champion = champion;
    this.metrics = metrics;
    this.admission = admission;
    this.maxBody = maxBody;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange);
      (admission.isDraining() ? answer.with("Connection", "close") : answer).send(exchange);
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    try {
      return route(exchange, path);
    } catch (HttpFailure e) {
      return failure(path, e.status(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("a request to {} failed", Printable.text(path), e);
      return failure(path, HttpFailure.INTERNAL_ERROR, "unexpected error, see the server's log");
    }
  }

  private static Answer failure(String path, int status, String message) {
    Answer answer =
        Answer.json(
            status,
            path.startsWith(PROTOCOL)
                ? Map.of("error", message)
                : Map.of("error_code", code(status), "message", message));
    return status == HttpFailure.UNAVAILABLE ? answer.with("Retry-After", "1") : answer;
  }

  // The names of MLflow.
  private static String code(int status) {
    return switch (status) {
      case HttpFailure.NOT_FOUND -> "NOT_FOUND";
      case HttpFailure.INTERNAL_ERROR -> "INTERNAL_ERROR";
      case HttpFailure.UNAVAILABLE -> "TEMPORARILY_UNAVAILABLE";
      default -> "BAD_REQUEST";
    };
  }

  private Answer route(HttpExchange exchange, String path) throws IOException {
    Matcher model = MODEL.matcher(path);
    if (model.matches()) {
      return model(exchange, new Asked(model.group(1), Optional.ofNullable(model.group(2))), model);
    }
    return switch (path) {
      case INVOCATIONS -> scored(exchange, this::invocations);
      case "/ping", "/health" -> get(exchange, health(Answer.text("OK")));
      case "/version" -> get(exchange, Answer.text(Provenance.version()));
      case "/metrics" ->
          get(exchange, Answer.metrics(metrics.text(champion.served(), admission.inProgress())));
      case PROTOCOL -> get(exchange, server());
      case PROTOCOL + "/health/live" -> get(exchange, Answer.json(Answer.OK, Map.of("live", true)));
      case PROTOCOL + "/health/ready" ->
          get(exchange, health(Answer.json(Answer.OK, Map.of("ready", true))));
      default ->
          throw HttpFailure.of(
              HttpFailure.NOT_FOUND,
              "there is no %s; the paths are /invocations, /ping, /health, /version, /metrics, /v2,"
                  + " /v2/health/live, /v2/health/ready, /v2/models/%s, and /ready and /infer below"
                  + " it",
              Printable.text(path),
              champion.served().name());
    };
  }

  private static Answer server() {
    return Answer.json(
        Answer.OK,
        Map.of("name", "meanfield", "version", Provenance.version(), "extensions", List.of()));
  }

  /** Returns an answer while the server takes requests, else one that says that it does not. */
  private Answer health(Answer healthy) {
    if (admission.isDraining()) {
      throw HttpFailure.of(HttpFailure.UNAVAILABLE, "%s", STOPPING);
    }
    return healthy;
  }

  private static Answer get(HttpExchange exchange, Answer answer) {
    requireMethod(exchange, GET);
    return answer;
  }

  private static void requireMethod(HttpExchange exchange, String method) {
    if (!exchange.getRequestMethod().equals(method)) {
      exchange.getResponseHeaders().set("Allow", method);
      throw HttpFailure.of(
          HttpFailure.METHOD_NOT_ALLOWED,
          "the method must be %s, found %s",
          method,
          Printable.text(exchange.getRequestMethod()));
    }
  }

  /** The model that a path names. */
  private record Asked(String name, Optional<String> version) {
    void require(ServedModel model) {
      if (!name.equals(model.name())
          || version.filter(v -> !v.equals(model.version())).isPresent()) {
        throw HttpFailure.of(
            HttpFailure.NOT_FOUND,
            "the server has version %s of the model %s, asked for %s%s",
            model.version(),
            model.name(),
            version.map(number -> "version " + Printable.text(number) + " of ").orElse(""),
            Printable.text(name));
      }
    }
  }

  private Answer model(HttpExchange exchange, Asked asked, Matcher path) throws IOException {
    if ("/infer".equals(path.group(3))) {
      return scored(exchange, request -> infer(request, asked));
    }
    ServedModel model = champion.served();
    asked.require(model);
    return get(
        exchange,
        path.group(3) == null
            ? Answer.json(Answer.OK, InferenceProtocol.metadata(model))
            : health(Answer.json(Answer.OK, Map.of("name", model.name(), "ready", true))));
  }

  private Map<String, Object> invocations(Map<String, Object> request) {
    return champion.with(
        model ->
            Invocations.answer(model, scores(model, Invocations.rows(request, model.scorer()))));
  }

  private Map<String, Object> infer(Map<String, Object> request, Asked asked) {
    return champion.with(
        model -> {
          asked.require(model);
          List<Map<String, Object>> rows = InferenceProtocol.rows(request, model.scorer());
          return InferenceProtocol.answer(request, model, scores(model, rows));
        });
  }

  private List<Map<String, Object>> scores(ServedModel model, List<Map<String, Object>> rows) {
    List<Map<String, Object>> scored = model.scorer().score(rows);
    metrics.scored(scored.size());
    return scored;
  }

  /** Answers a request for predictions, and counts it. */
  private Answer scored(
      HttpExchange exchange, Function<Map<String, Object>, Map<String, Object>> scoring)
      throws IOException {
    requireMethod(exchange, POST);
    long start = System.nanoTime();
    int status = HttpFailure.INTERNAL_ERROR;
    try {
      Map<String, Object> request = JsonBody.parse(body(exchange));
      Answer answer = Answer.json(Answer.OK, withoutWrongRows(() -> scoring.apply(request)));
      status = answer.status();
      return answer;
    } catch (HttpFailure e) {
      status = e.status();
      throw e;
    } finally {
      metrics.answered(status, System.nanoTime() - start);
    }
  }

  private byte[] body(HttpExchange exchange) throws IOException {
    RequestBody body = new RequestBody(exchange, maxBody);
    if (!Admission.isRefused()) {
      return body.read();
    }
    body.discard();
    throw HttpFailure.of(
        HttpFailure.UNAVAILABLE,
        "%s",
        admission.isDraining()
            ? STOPPING
            : "the server has as many requests as it can keep; send this one again later");
  }

  private static Map<String, Object> withoutWrongRows(Supplier<Map<String, Object>> scoring) {
    try {
      return scoring.get();
    } catch (UserException e) {
      if (e.code() == ErrorCode.DATA_UNREADABLE) {
        throw HttpFailure.badRequest("%s", e.getMessage());
      }
      throw e;
    }
  }
}
