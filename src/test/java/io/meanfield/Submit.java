package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/** A call of scripts/submit: the packed application in a process of its own. */
final class Submit implements AutoCloseable {
  private static final Pattern SHA256 = Pattern.compile("sha256 ([0-9a-f]{64})");

  /**
   * Options of a JVM without the optimising compiler, which would take half of the processor time
   * of a process that lives for seconds.
   */
  static final String FAST_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  /** The options of spark-submit that give driver and executors {@link #FAST_START}. */
  static final List<String> FAST_START_OPTIONS =
      List.of(
          "--driver-java-options",
          FAST_START,
          "--conf",
          "spark.executor.extraJavaOptions=" + FAST_START);

  // Empty, unless the tests run on another Spark than the application is built with: dev/spark4.
  static final String SPARK_HOME = System.getProperty("test.spark.home", "");

  // A process that is killed leaves its temporary files, among them Spark's blocks.
  private static final Path TEMPORARY = Path.of("target", "processes").toAbsolutePath();

  private final Process process;
  private final BufferedReader out;
  private final Path temporary;
  private final Path err;
  private final StringWriter output = new StringWriter();

  private Submit(Process process, Path temporary, Path err) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.temporary = temporary;
    this.err = err;
  }

  /** A process that has ended. */
  record Finished(int exitCode, String out, String err) {
    String weights() {
      Matcher matcher = SHA256.matcher(out);
      assertThat(matcher.find()).as(out + err).isTrue();
      return matcher.group(1);
    }

    /** Asserts that the only error output is this message. */
    void assertFailed(int expectedCode, String message) {
      assertThat(err).isEqualTo("error: " + message + "\n");
      assertThat(exitCode).isEqualTo(expectedCode);
    }
  }

  /**
   * Starts the application; {@code master} may contain further options of spark-submit, separated
   * by blanks.
   */
  static Submit start(String master, String... arguments) throws IOException {
    return start(List.of(), master, arguments);
  }

  /** Starts the application in JVMs that have the options {@link #FAST_START}. */
  static Submit startShort(String master, String... arguments) throws IOException {
    return start(FAST_START_OPTIONS, master, arguments);
  }

  /** Starts the application against an S3 server, in the Spark home that can use it. */
  static Submit startOn(S3Server server, String... arguments) throws IOException {
    List<String> options = new ArrayList<>(FAST_START_OPTIONS);
    options.addAll(server.options().toList());
    ProcessBuilder builder = new ProcessBuilder(command(options, "local[2]", arguments));
    builder.environment().putAll(server.environment());
    return launch(builder);
  }

  /**
   * Starts the application with other options of spark-submit and variables of the environment,
   * such as SPARK_HOME.
   */
  static Submit startIn(Map<String, String> environment, List<String> options, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("scripts/submit"));
    command.addAll(options);
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return launch(builder);
  }

  /**
   * Starts the application on a pseudo-terminal of util-linux's {@code script}, which forwards
   * input and output, including errors.
   */
  static Submit startOnTerminal(int columns, String master, String... arguments)
      throws IOException {
    String shell =
        command(FAST_START_OPTIONS, master, arguments).stream()
            .map(argument -> "'" + argument.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" ", "stty cols " + columns + " rows 24 && exec ", ""));
    ProcessBuilder builder = new ProcessBuilder("script", "-qefc", shell, "/dev/null");
    builder.environment().put("TERM", "xterm");
    return start(builder);
  }

  private static Submit start(List<String> options, String master, String... arguments)
      throws IOException {
    return start(new ProcessBuilder(command(options, master, arguments)));
  }

  private static List<String> command(List<String> options, String master, String... arguments) {
    // A build that runs in the background or under nohup ignores these signals, and child processes
    // inherit that.
    List<String> command =
        new ArrayList<>(List.of("env", "--default-signal=INT,HUP", "scripts/submit"));
    command.addAll(options);
    command.add("--master");
    command.addAll(List.of(master.split(" ")));
    command.addAll(List.of(arguments));
    return command;
  }

  private static Submit start(ProcessBuilder builder) throws IOException {
    builder.environment().put("SPARK_HOME", SPARK_HOME);
    return launch(builder);
  }

  private static Submit launch(ProcessBuilder builder) throws IOException {
    Path temporary = Files.createTempDirectory(Files.createDirectories(TEMPORARY), "submit");
    // Spark's launcher passes these options to the driver; executors and Spark's folders of blocks
    // are below the driver's temporary folder.
    builder
        .environment()
        .merge("SPARK_SUBMIT_OPTS", "-Djava.io.tmpdir=" + temporary, (one, two) -> one + " " + two);
    Path err = temporary.resolve("err");
    return new Submit(builder.redirectError(err.toFile()).start(), temporary, err);
  }

  /**
   * Copies one test class to a folder of its own, because the folder of all test classes contains
   * another logging configuration.
   */
  static Path classesOf(Class<?> type, Path folder) throws IOException {
    String packagePath = type.getPackageName().replace('.', '/');
    Path to = Files.createDirectories(folder.resolve("classes").resolve(packagePath));
    try (Stream<Path> classes = Files.list(Path.of("target/test-classes", packagePath))) {
      for (Path path : classes.toList()) {
        String name = path.getFileName().toString();
        if (name.matches(type.getSimpleName() + "(\\$.*)?\\.class")) {
          Files.copy(path, to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    return folder.resolve("classes");
  }

  static Finished run(String master, String... arguments) throws Exception {
    try (Submit submit = start(master, arguments)) {
      return submit.finish();
    }
  }

  static Finished runShort(String master, String... arguments) throws Exception {
    try (Submit submit = startShort(master, arguments)) {
      return submit.finish();
    }
  }

  /** Waits for a line of the output. */
  void awaitLine(Predicate<String> wanted) throws IOException {
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      if (wanted.test(line)) {
        return;
      }
    }
    throw new AssertionError("ended without the line; output: " + output + Files.readString(err));
  }

  /** Returns a line with its line feed; empty at the end of the output. */
  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = out.read(); next >= 0; next = out.read()) {
      line.append((char) next);
      if (next == '\n') {
        break;
      }
    }
    output.append(line);
    return line.toString();
  }

  /** Waits until a file exists. */
  void awaitFile(Path file) {
    while (!Files.exists(file)) {
      requireAlive();
      LockSupport.parkNanos(500_000); // the process that is awaited needs the core
    }
  }

  void requireAlive() {
    assertThat(process.isAlive()).as("ended too early").isTrue();
  }

  /** Returns the executors, which are processes of their own on the master local-cluster. */
  Stream<ProcessHandle> executors() {
    return process.descendants().filter(Submit::isExecutor);
  }

  /** Sends SIGKILL to one executor. */
  void killAnExecutor() throws Exception {
    ProcessHandle executor = executors().findFirst().orElseThrow();
    assertThat(executor.destroyForcibly()).isTrue();
    executor.onExit().get();
  }

  private static boolean isExecutor(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "cmdline"))
          .contains("CoarseGrainedExecutorBackend");
    } catch (IOException gone) {
      return false;
    }
  }

  /** Sends SIGKILL; fails if the process has already ended by itself. */
  void kill() throws InterruptedException {
    assertThat(process.destroyForcibly().waitFor()).isEqualTo(128 + 9);
  }

  /** Sends SIGKILL after this time, unless the process has ended. */
  void killAfter(Duration time) throws InterruptedException {
    if (!process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  /** Sends SIGSTOP and waits until every thread has stopped. */
  void pause() throws Exception {
    signal("STOP");
    Path threads = Path.of("/proc", String.valueOf(process.pid()), "task");
    while (!stopped(threads)) {
      Thread.onSpinWait();
    }
  }

  private static boolean stopped(Path threads) throws IOException {
    try (Stream<Path> all = Files.list(threads)) {
      for (Path thread : all.toList()) {
        String stat = Files.readString(thread.resolve("stat"));
        if (!stat.substring(stat.lastIndexOf(')') + 2).startsWith("T")) {
          return false;
        }
      }
      return true;
    }
  }

  /** Sends a signal such as CONT. */
  void signal(String name) throws Exception {
    List<String> command = List.of("kill", "-" + name, String.valueOf(process.pid()));
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
  }

  /** Types a character on the terminal. */
  void type(char character) throws IOException {
    process.getOutputStream().write(character);
    process.getOutputStream().flush();
  }

  Finished finish() throws Exception {
    out.transferTo(output);
    return new Finished(process.waitFor(), output.toString(), Files.readString(err));
  }

  @Override
  public void close() {
    List<ProcessHandle> executors = executors().toList();
    process.destroyForcibly().onExit().join();
    executors.forEach(ProcessHandle::destroyForcibly);
    executors.forEach(executor -> executor.onExit().join());
    // Executors of a driver that was killed may still write.
    FileUtils.deleteQuietly(temporary.toFile());
  }
}
