package io.meanfield.serve;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.time.Duration;

/**
 * How a server listens, and its bounds.
 *
 * @param host the name or address of the network interface
 * @param port 0 for one that is free
 * @param threads the number of requests that are scored at the same time
 * @param queue the number of requests that may wait for a thread
 * @param maxBody the largest body of a request, in MiB
 * @param refresh the time between two looks at the registry
 */
public record ServerOptions(
    String host, int port, int threads, int queue, int maxBody, Duration refresh) {
  private static final int MAX_PORT = 65_535;
  private static final int MAX_MIB = 1024;
  private static final int MIB = 1 << 20;

  public ServerOptions {
    require("--port", port >= 0 && port <= MAX_PORT, "from 0 to " + MAX_PORT, port);
    require("--threads", threads >= 1, "at least 1", threads);
    require("--queue", queue >= 0, "at least 0", queue);
    require("--max-body", maxBody >= 1 && maxBody <= MAX_MIB, "from 1 to " + MAX_MIB, maxBody);
    require(
        "--refresh",
        refresh.compareTo(Duration.ZERO) > 0,
        "at least 1 second",
        refresh.toSeconds());
  }

  private static void require(String option, boolean isValid, String expected, long found) {
    if (!isValid) {
      throw UserException.of(
          ErrorCode.WRONG_ARGUMENTS, "%s must be %s, found %s", option, expected, found);
    }
  }

  int maxBodyBytes() {
    return maxBody * MIB;
  }
}
