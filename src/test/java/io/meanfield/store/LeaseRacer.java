package io.meanfield.store;

import io.meanfield.error.UserException;
import io.meanfield.store.file.Fence;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A process that races for leases. It answers each line that the other end of the socket sends: a
 * path, with the result of taking the lease of the run there; {@code release}, after the release of
 * that lease. The arguments are the port of the other end and, if it is not the usual one, the
 * timeout in seconds.
 */
final class LeaseRacer {
  static final String WON = "won";
  static final String RELEASE = "release";

  private LeaseRacer() {}

  public static void main(String[] arguments) throws Exception {
    Configuration hadoop = S3Settings.ofThisProcess();
    Duration timeout =
        arguments.length > 1 ? Duration.ofSeconds(Long.parseLong(arguments[1])) : Lease.TIMEOUT;
    try (Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8)) {
      socket.setTcpNoDelay(true);
      Optional<Lease> held = Optional.empty();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.equals(RELEASE)) {
          held.orElseThrow().close();
          out.println("released");
        } else {
          held = race(hadoop, line, timeout, out);
        }
      }
    }
  }

  private static Optional<Lease> race(
      Configuration hadoop, String run, Duration timeout, PrintWriter out) {
    try {
      Lease lease =
          TestLeases.take(
              new RunDirectory(new RunId("run"), new Path(run), hadoop, Fence.CLOSED), timeout);
      out.println(WON);
      return Optional.of(lease);
    } catch (UserException lost) {
      out.println(lost.code() + " " + lost.getMessage());
      return Optional.empty();
    }
  }
}
