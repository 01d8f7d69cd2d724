package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * HDFS and YARN, with or without Kerberos, in a process of their own, and a Spark home that has
 * Spark's YARN module.
 */
final class MiniCluster implements AutoCloseable {
  /** The time between two looks at a condition that another process fulfils. */
  static final long POLL_NANOS = 50_000_000;

  /** A part of the command line of every executor. */
  static final String EXECUTOR = "YarnCoarseGrainedExecutorBackend";

  private static final Path TARGET = Path.of("target").toAbsolutePath();

  private final Process process;
  private final Path directory;
  private final Path sparkHome;
  private final Configuration hadoop;
  private final UserGroupInformation user;
  private final List<String> javaOptions;

  private MiniCluster(
      Process process, Path directory, UserGroupInformation user, List<String> javaOptions)
      throws IOException {
    this.process = process;
    this.directory = directory;
    this.sparkHome = sparkHome(directory.resolve("spark"));
    this.hadoop = configuration(directory);
    this.user = user;
    this.javaOptions = javaOptions;
  }

  /** Starts the cluster, with its files in a directory, and waits until its nodes are ready. */
  static MiniCluster start(Path directory) throws IOException {
    Process process = startProcess(directory, List.of());
    return new MiniCluster(process, directory, UserGroupInformation.getCurrentUser(), List.of());
  }

  /** Starts a cluster that demands Kerberos, on whose HDFS every user may write. */
  static MiniCluster startSecured(Path directory, Kdc kdc) throws IOException {
    Configuration secured = new Configuration(false);
    kdc.hadoopSettings().forEach(secured::set);
    Path classes = Files.createDirectories(directory.resolve("classes"));
    // On the class path, because parts of YARN are handed no configuration; in each of these files,
    // because the defaults of HDFS and of YARN would override those of core-site.xml.
    for (String name : List.of("core-site.xml", "hdfs-site.xml", "yarn-site.xml")) {
      try (OutputStream out = Files.newOutputStream(classes.resolve(name))) {
        secured.writeXml(out);
      }
    }
    List<String> javaOptions = List.of(kdc.javaOption());
    Process process = startProcess(directory, javaOptions);
    Configuration hadoop = configuration(directory);
    UserGroupInformation superuser = kdc.login(Kdc.SERVICE, hadoop);
    as(superuser, hadoop, () -> FileSystem.get(hadoop))
        .setPermission(new org.apache.hadoop.fs.Path("/"), new FsPermission(0777));
    return new MiniCluster(process, directory, kdc.login(Kdc.USER, hadoop), javaOptions);
  }

  private static Process startProcess(Path directory, List<String> javaOptions) throws IOException {
    Path classes = Submit.classesOf(MiniClusterMain.class, directory);
    List<String> command =
        new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-Xmx1g"));
    command.addAll(javaOptions);
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
    return process;
  }

  private static Configuration configuration(Path directory) {
    Configuration hadoop = new Configuration();
    Path file = directory.resolve("conf").resolve(MiniClusterMain.READY);
    hadoop.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
    return hadoop;
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

  /** Returns the environment of spark-submit. */
  Map<String, String> environment() {
    return Map.of(
        "SPARK_HOME", sparkHome.toString(),
        "HADOOP_CONF_DIR", directory.resolve("conf").toString(),
        "SPARK_SUBMIT_OPTS", javaOptions());
  }

  /** Returns the options of every JVM of an application and of spark-submit. */
  private String javaOptions() {
    List<String> options = new ArrayList<>(javaOptions);
    options.add(Submit.FAST_START);
    return String.join(" ", options);
  }

  /** Returns the options of spark-submit that spare the upload of Spark's jars. */
  List<String> options(String deployMode) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--master",
                "yarn",
                "--deploy-mode",
                deployMode,
                "--driver-memory",
                "700m",
                "--executor-memory",
                "600m",
                "--num-executors",
                "2"));
    List<String> settings =
        new ArrayList<>(
            List.of(
                "spark.yarn.jars=local:" + sparkHome.resolve("jars") + "/*",
                "spark.executorEnv.JAVA_HOME=" + System.getProperty("java.home"),
                "spark.yarn.appMasterEnv.JAVA_HOME=" + System.getProperty("java.home")));
    for (String process : List.of("driver", "executor", "yarn.am")) {
      settings.add("spark." + process + ".extraJavaOptions=" + javaOptions());
    }
    settings.forEach(setting -> options.addAll(List.of("--conf", setting)));
    return options;
  }

  /** Copies a local file to HDFS. */
  void upload(Path local, String path) throws IOException {
    fileSystem()
        .copyFromLocalFile(
            new org.apache.hadoop.fs.Path(local.toUri()), new org.apache.hadoop.fs.Path(path));
  }

  FileSystem fileSystem() throws IOException {
    return as(user, hadoop, () -> FileSystem.get(hadoop));
  }

  /** Returns YARN's report of the only application whose name ends with the id of the run. */
  ApplicationReport application(String runId) throws IOException {
    return as(
        user,
        hadoop,
        () -> {
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
        });
  }

  private static <T> T as(
      UserGroupInformation user, Configuration hadoop, PrivilegedExceptionAction<T> action)
      throws IOException {
    // Again for each action, because a session of Spark in this process sets a configuration, too.
    UserGroupInformation.setConfiguration(hadoop);
    try {
      user.checkTGTAndReloginFromKeytab();
      return user.doAs(action);
    } catch (InterruptedException e) {
      throw new InterruptedIOException("interrupted as " + user);
    }
  }

  /** Returns the number of attempts that YARN has made to run an application. */
  static int attempts(ApplicationReport application) {
    return application.getCurrentApplicationAttemptId().getAttemptId();
  }

  /** Sends SIGKILL to the containers whose command line contains a text, once there are some. */
  void kill(String text) {
    processes(text).forEach(ProcessHandle::destroyForcibly);
  }

  /** Sends a signal such as STOP to the containers whose command line contains a text. */
  void signal(String name, String text) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    processes(text).forEach(process -> command.add(String.valueOf(process.pid())));
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
  }

  private List<ProcessHandle> processes(String text) {
    while (true) {
      List<ProcessHandle> found =
          process.descendants().filter(child -> commandLine(child).contains(text)).toList();
      if (!found.isEmpty()) {
        return found;
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
