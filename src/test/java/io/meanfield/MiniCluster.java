package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.apache.spark.launcher.JavaModuleOptions;

/** HDFS and YARN in a process of their own, and a Spark home that has Spark's YARN module. */
final class MiniCluster implements AutoCloseable {
  /** The time between two looks at a condition that another process fulfils. */
  static final long POLL_NANOS = 50_000_000;

  private static final Path TARGET = Path.of("target").toAbsolutePath();

  private final Process process;
  private final Path directory;
  private final Path sparkHome;
  private final Configuration hadoop;

  private MiniCluster(Process process, Path directory, Path sparkHome) {
    this.process = process;
    this.directory = directory;
    this.sparkHome = sparkHome;
    this.hadoop = new Configuration();
    hadoop.addResource(new org.apache.hadoop.fs.Path(configuration().toUri()));
  }

  /** Starts the cluster, with its files in a directory, and waits until its nodes are ready. */
  static MiniCluster start(Path directory) throws IOException {
    Path classes = Submit.classesOf(MiniClusterMain.class, directory);
    List<String> command =
        new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx1g"));
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
    command.addAll(
        List.of(
            "-cp",
            classes + ":" + TARGET.resolve("minicluster") + "/*:" + TARGET.resolve("spark/jars/*"),
            MiniClusterMain.class.getName(),
            directory.toString()));
    File log = TARGET.resolve("minicluster.log").toFile();
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    Path ready = directory.resolve("conf").resolve(MiniClusterMain.READY);
    while (!Files.exists(ready)) {
      assertThat(process.isAlive()).as("see " + log).isTrue();
      LockSupport.parkNanos(POLL_NANOS);
    }
    return new MiniCluster(process, directory, sparkHome(directory.resolve("spark")));
  }

  private static Path sparkHome(Path home) throws IOException {
    Path jars = Files.createDirectories(home.resolve("jars"));
    for (Path folder : List.of(TARGET.resolve("spark/jars"), TARGET.resolve("yarn"))) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path jar : files.toList()) {
          Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
        }
      }
    }
    return home;
  }

  private Path configuration() {
    return directory.resolve("conf").resolve(MiniClusterMain.READY);
  }

  Configuration hadoop() {
    return hadoop;
  }

  /** Returns the environment of spark-submit. */
  Map<String, String> environment() {
    return Map.of(
        "SPARK_HOME", sparkHome.toString(),
        "HADOOP_CONF_DIR", directory.resolve("conf").toString());
  }

  /** Returns the options of spark-submit that spare the upload of Spark's jars. */
  List<String> options(String deployMode) {
    return List.of(
        "--master",
        "yarn",
        "--deploy-mode",
        deployMode,
        "--driver-memory",
        "700m",
        "--executor-memory",
        "600m",
        "--num-executors",
        "2",
        "--conf",
        "spark.yarn.jars=local:" + sparkHome.resolve("jars") + "/*",
        "--conf",
        "spark.executorEnv.JAVA_HOME=" + System.getProperty("java.home"),
        "--conf",
        "spark.yarn.appMasterEnv.JAVA_HOME=" + System.getProperty("java.home"));
  }

  /** Copies a local file to HDFS. */
  void upload(Path local, String path) throws IOException {
    fileSystem()
        .copyFromLocalFile(
            new org.apache.hadoop.fs.Path(local.toUri()), new org.apache.hadoop.fs.Path(path));
  }

  FileSystem fileSystem() throws IOException {
    return FileSystem.get(hadoop);
  }

  /** Returns YARN's report of the only application whose name ends with the id of the run. */
  ApplicationReport application(String runId) throws IOException, YarnException {
    try (YarnClient client = YarnClient.createYarnClient()) {
      client.init(new YarnConfiguration(hadoop));
      client.start();
      List<ApplicationReport> found =
          client.getApplications().stream()
              .filter(application -> application.getName().endsWith(" " + runId))
              .toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  /** Returns the number of attempts that YARN has made to run an application. */
  static int attempts(ApplicationReport application) {
    return application.getCurrentApplicationAttemptId().getAttemptId();
  }

  /** Sends SIGKILL to the containers whose command line contains a text, when there is one. */
  void kill(String text) {
    while (true) {
      List<ProcessHandle> found =
          process.descendants().filter(child -> commandLine(child).contains(text)).toList();
      if (!found.isEmpty()) {
        found.forEach(ProcessHandle::destroyForcibly);
        return;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "cmdline"))
          .replace('\0', ' ');
    } catch (IOException gone) {
      return "";
    }
  }

  @Override
  public void close() throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
