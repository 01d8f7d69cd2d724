package io.meanfield.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer to a request. */
record Answer(int status, Map<String, String> headers, byte[] body) {
  static final int OK = 200;

  private static final String TYPE = "Content-Type";

  /** Returns an answer in JSON. */
  static Answer json(int status, byte[] body) {
    return new Answer(status, Map.of(TYPE, "application/json"), body);
  }

  /** Returns an answer in JSON. */
  static Answer json(int status, Map<String, ?> body) {
    return json(status, JsonBody.bytes(body));
  }

  static Answer text(String body) {
    return new Answer(
        OK,
        Map.of(TYPE, "text/plain; charset=utf-8"),
        (body + "\n").getBytes(StandardCharsets.UTF_8));
  }

  static Answer metrics(byte[] body) {
    return new Answer(OK, Map.of(TYPE, "text/plain; version=0.0.4; charset=utf-8"), body);
  }

  /** Returns the same answer with another header. */
  Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body);
  }

  void send(HttpExchange exchange) throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
