package io.meanfield.serve;

import com.sun.net.httpserver.HttpServer;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Scores rows over HTTP with the JDK's own server. Threads, waiting requests, connections, bodies
 * and the time of a request are bounded.
 */
public final class Server implements AutoCloseable {
  /** The longest time for which requests that have begun may take to end when the server stops. */
  public static final Duration GRACE = Duration.ofSeconds(20); // Kubernetes kills after 30

  private static final int BACKLOG = 1024; // connections that the kernel keeps

  // The JDK's server reads them when its first class is loaded. Without the first one, an answer
  // waits for the client's acknowledgement of its headers: 40 ms.
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "sun.net.httpserver.nodelay", "true",
          "sun.net.httpserver.maxReqTime", "20",
          "sun.net.httpserver.maxRspTime", "60",
          "sun.net.httpserver.maxIdleConnections", "1000",
          "jdk.httpserver.maxConnections", "2000");

  private final Champion champion;
  private final Admission admission;
  private final HttpServer http;

  private Server(Champion champion, Admission admission, HttpServer http) {
    this.champion = champion;
    this.admission = admission;
    this.http = http;
  }

  /**
   * Loads the model and answers requests from now on.
   *
   * @param print prints a line for people
   * @throws UserException if the model cannot be loaded, or if the address cannot be used
   */
  public static Server start(
      ModelVersions versions, ServerOptions options, Consumer<String> print) {
    PROPERTIES.forEach((key, value) -> System.setProperty(key, System.getProperty(key, value)));
    HttpServer http = bind(options);
    try {
      ServeMetrics metrics = new ServeMetrics();
      Champion champion = new Champion(versions, metrics, print);
      Admission admission = new Admission(options.threads(), options.queue());
      http.createContext("/", new Endpoints(champion, metrics, admission, options.maxBodyBytes()));
      http.setExecutor(admission);
      http.start();
      champion.follow(options.refresh());
      return new Server(champion, admission, http);
    } catch (RuntimeException e) {
      http.stop(0);
      throw e;
    }
  }

  private static HttpServer bind(ServerOptions options) {
    try {
      return HttpServer.create(
          new InetSocketAddress(InetAddress.getByName(options.host()), options.port()), BACKLOG);
    } catch (IOException e) {
      throw UserException.causedBy(
          e,
          ErrorCode.WRONG_ARGUMENTS,
          "cannot listen on %s port %s: %s; choose another --host or --port",
          options.host(),
          options.port(),
          e.getMessage());
    }
  }

  /** Returns the address of the server. */
  public URI uri() {
    InetSocketAddress address = http.getAddress();
    String host = address.getAddress().getHostAddress();
    return URI.create(
        "http://%s:%s".formatted(host.contains(":") ? "[" + host + "]" : host, address.getPort()));
  }

  /** Returns the name of the version that is served. */
  public String served() {
    return champion.served().reference();
  }

  /**
   * Accepts no connection from now on, and waits for the requests that have begun, for at most
   * {@link #GRACE}.
   *
   * @return whether they have ended
   */
  public boolean drain() {
    Thread closing = new Thread(() -> http.stop((int) GRACE.toSeconds()), "meanfield-stop");
    closing.setDaemon(true);
    closing.start();
    return admission.drain(GRACE);
  }

  @Override
  public void close() {
    http.stop(0);
    admission.close();
    champion.close();
  }
}
