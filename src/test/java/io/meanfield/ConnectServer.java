package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.launcher.JavaModuleOptions;

/** A server of Spark Connect in a process of its own. */
final class ConnectServer implements AutoCloseable {
  private static final File LOG = new File("target/spark-connect.log");

  private final Process process;
  private final int port;

  private ConnectServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a server and waits until it accepts connections.
   *
   * @param home a home of Spark that has Spark Connect and Spark ML
   * @param options of spark-submit, such as --jars
   */
  static ConnectServer start(Path home, String... options) throws IOException {
    int port = freePort();
    List<String> command = new ArrayList<>(List.of(java(), "-Xmx1g"));
    command.addAll(moduleOptions());
    command.addAll(
        List.of(
            "-cp",
            home.resolve("jars") + "/*",
            "org.apache.spark.deploy.SparkSubmit",
            "--master",
            "local[2]",
            "--conf",
            "spark.ui.enabled=false",
            "--conf",
            "spark.sql.session.timeZone=UTC",
            "--conf",
            "spark.connect.grpc.binding.address=127.0.0.1",
            "--conf",
            "spark.connect.grpc.binding.port=" + port,
            "--class",
            "org.apache.spark.sql.connect.service.SparkConnectServer"));
    command.addAll(List.of(options));
    command.add("spark-internal");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("OMP_NUM_THREADS", "1");
    Process process = builder.redirectErrorStream(true).redirectOutput(LOG).start();
    ConnectServer server = new ConnectServer(process, port);
    server.awaitPort();
    return server;
  }

  /** Starts a server that has the application jar. */
  static ConnectServer startWithJar(Path home, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("--jars", StandaloneCluster.applicationJar().toString()));
    return start(home, all.toArray(String[]::new));
  }

  static String java() {
    return System.getProperty("java.home") + "/bin/java";
  }

  /** Returns the options with which Spark's launcher opens packages of Java. */
  static List<String> moduleOptions() {
    return List.of(JavaModuleOptions.defaultModuleOptions().split(" "));
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }

  private void awaitPort() {
    while (true) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException notYet) {
        assertThat(process.isAlive()).as("see " + LOG).isTrue();
        LockSupport.parkNanos(MiniCluster.POLL_NANOS);
      }
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
