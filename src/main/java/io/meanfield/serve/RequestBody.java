package io.meanfield.serve;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;

/** Reads the body of a request, of which at most {@code limit} bytes are kept in memory. */
record RequestBody(HttpExchange exchange, int limit) {
  // A client that still sends does not see the answer if the connection is closed meanwhile.
  private static final int DISCARDED = 16;
  private static final int CHUNK = 1 << 14;

  /**
   * Returns the bytes.
   *
   * @throws HttpFailure if there are too many, or if they are no JSON
   */
  byte[] read() throws IOException {
    Optional<String> type =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"));
    if (type.filter(found -> !isJson(found)).isPresent()) {
      discard();
      throw HttpFailure.of(
          HttpFailure.UNSUPPORTED_TYPE,
          "the Content-Type must be application/json, found %s",
          JsonBody.shown(type.get()));
    }
    byte[] body = declared() > limit ? new byte[0] : exchange.getRequestBody().readNBytes(limit);
    if (declared() > limit || exchange.getRequestBody().read() >= 0) {
      discard();
      throw HttpFailure.of(
          HttpFailure.TOO_LARGE,
          "the body has more than %s bytes; send fewer rows in a request, or start the server with"
              + " a larger --max-body",
          limit);
    }
    return body;
  }

  private static boolean isJson(String type) {
    return type.toLowerCase(Locale.ROOT).matches("application/json(\\s*;.*)?");
  }

  private long declared() {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    return length == null ? 0 : Long.parseLong(length.strip()); // the server has checked it
  }

  /** Reads what the client still sends, unless it is very much. */
  void discard() throws IOException {
    InputStream in = exchange.getRequestBody();
    byte[] chunk = new byte[CHUNK];
    long left = (long) DISCARDED * limit;
    for (int count = in.read(chunk); count >= 0 && left > 0; count = in.read(chunk)) {
      left -= count;
    }
  }
}
