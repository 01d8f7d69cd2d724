package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import scala.util.Properties;

/**
 * Spark's standalone cluster in processes of its own: a master and two workers of one core each.
 * The workers have different host names, because Spark starts no speculative copy of a task on the
 * same host.
 */
public final class StandaloneCluster implements AutoCloseable {
  private static final Path SPARK_HOME =
      Path.of(Submit.SPARK_HOME.isEmpty() ? "target/spark" : Submit.SPARK_HOME).toAbsolutePath();
  private static final Path WORK = Path.of("target/work");
  static final String HOST = "127.0.0.1";
  static final String OTHER_HOST = "127.0.0.2"; // of this machine, too

  private final List<Process> processes = new ArrayList<>();
  private final String master;
  private final int webPort;
  private final List<String> options;

  private StandaloneCluster(int port, int webPort, List<String> options) {
    this.master = "spark://" + HOST + ":" + port;
    this.webPort = webPort;
    this.options = options;
  }

  public static StandaloneCluster start() throws IOException {
    return start(Map.of(), Map.of());
  }

  /** Starts a cluster whose processes have the settings of Spark in this file. */
  static StandaloneCluster start(Path propertiesFile) throws IOException {
    return start(Map.of(), Map.of(), List.of("--properties-file", propertiesFile.toString()));
  }

  /**
   * Starts a cluster whose workers, and so their executors, have different environments.
   *
   * @param first variables of the worker on {@link #HOST}
   * @param second variables of the worker on {@link #OTHER_HOST}
   */
  static StandaloneCluster start(Map<String, String> first, Map<String, String> second)
      throws IOException {
    return start(first, second, List.of());
  }

  private static StandaloneCluster start(
      Map<String, String> first, Map<String, String> second, List<String> options)
      throws IOException {
    int port = freePort();
    StandaloneCluster cluster = new StandaloneCluster(port, freePort(), options);
    cluster.launch(
        "master.Master",
        "--webui-port " + cluster.webPort + " --host " + HOST + " --port " + port,
        Map.of());
    cluster.awaitMaster(port);
    cluster.launchWorker(HOST, first);
    cluster.launchWorker(OTHER_HOST, second);
    cluster.awaitWorkers(2);
    return cluster;
  }

  private void launchWorker(String host, Map<String, String> environment) throws IOException {
    launch(
        "worker.Worker",
        "--webui-port 0 --cores 1 --memory 1g --host "
            + host
            + " --work-dir "
            + WORK
            + " "
            + master,
        environment);
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }

  private void launch(String main, String arguments, Map<String, String> environment)
      throws IOException {
    List<String> command =
        new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx256m"));
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
    command.addAll(
        List.of("-cp", SPARK_HOME.resolve("jars") + "/*", "org.apache.spark.deploy." + main));
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().put("SPARK_HOME", SPARK_HOME.toString());
    String scala = Properties.versionNumberString();
    builder.environment().put("SPARK_SCALA_VERSION", scala.substring(0, scala.lastIndexOf('.')));
    Path log = log(processes.size());
    processes.add(builder.redirectErrorStream(true).redirectOutput(log.toFile()).start());
  }

  private static Path log(int process) {
    return Path.of("target/standalone-" + process + ".log");
  }

  /** Returns the logs of master, workers, drivers and executors. */
  List<Path> logs() throws IOException {
    try (Stream<Path> files = Files.walk(WORK)) {
      return Stream.concat(
              IntStream.range(0, processes.size()).mapToObj(StandaloneCluster::log),
              files.filter(file -> file.getFileName().toString().matches("stdout|stderr")))
          .toList();
    }
  }

  private void awaitMaster(int port) {
    while (true) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException notYet) {
        assertThat(processes.get(0).isAlive()).isTrue();
        LockSupport.parkNanos(MiniCluster.POLL_NANOS);
      }
    }
  }

  private void awaitWorkers(int number) throws IOException {
    while (aliveWorkers() < number) {
      processes.forEach(process -> assertThat(process.isAlive()).isTrue());
      LockSupport.parkNanos(MiniCluster.POLL_NANOS);
    }
  }

  private int aliveWorkers() throws IOException {
    try {
      return page().get("aliveworkers").asInt();
    } catch (ConnectException | FileNotFoundException notYet) {
      // The master opens its page after its port, and a server for pages before the page.
      return 0;
    }
  }

  private JsonNode page() throws IOException {
    URL address = URI.create("http://" + HOST + ":" + webPort + "/json/").toURL();
    try (InputStream page = address.openStream()) {
      return new ObjectMapper().readTree(page);
    }
  }

  public String master() {
    return master;
  }

  /** Returns the final states of the drivers that have ended, the oldest first. */
  List<String> driverStates() throws IOException {
    List<String> states = new ArrayList<>();
    page().get("completeddrivers").forEach(driver -> states.add(driver.get("state").asText()));
    return states;
  }

  /** Returns the Spark settings of an application that uses the cluster, with additional ones. */
  public Map<String, String> conf(Map<String, String> more) throws IOException {
    Map<String, String> conf = new HashMap<>(more);
    conf.put("spark.driver.host", HOST);
    conf.put("spark.executor.memory", "1g");
    // A job waits for the executors of both workers.
    conf.put("spark.cores.max", "2");
    conf.put("spark.scheduler.minRegisteredResourcesRatio", "1");
    conf.put("spark.scheduler.maxRegisteredResourcesWaitingTime", "60s");
    conf.put(
        "spark.executor.extraClassPath",
        Path.of("target/test-classes").toAbsolutePath() + File.pathSeparator + applicationJar());
    return conf;
  }

  static Path applicationJar() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target"))) {
      return files
          .filter(path -> path.toString().endsWith("-app.jar"))
          .findFirst()
          .orElseThrow()
          .toAbsolutePath();
    }
  }

  @Override
  public void close() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
