package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A call of scripts/submit: the packed application in a process of its own. */
final class Submit implements AutoCloseable {
  private static final Pattern SHA256 = Pattern.compile("sha256 ([0-9a-f]{64})");
  private static final String SHORT_LIFE = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private static final List<String> SHORT_LIVED =
      List.of(
          "--driver-java-options",
          SHORT_LIFE,
          "--conf",
          "spark.executor.extraJavaOptions=" + SHORT_LIFE);

  private final Process process;
  private final BufferedReader out;
  private final Path err;
  private final StringWriter said = new StringWriter();

  private Submit(Process process, Path err) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.err = err;
  }

  /** A process that has ended. */
  record Finished(int exitCode, String out, String err) {
    String weights() {
      Matcher matcher = SHA256.matcher(out);
      assertThat(matcher.find()).as(out + err).isTrue();
      return matcher.group(1);
    }

    /** Whatever it says, it says it to people. */
    void saysOneSentence(int expectedCode, String sentence) {
      assertThat(err).isEqualTo("error: " + sentence + "\n");
      assertThat(exitCode).isEqualTo(expectedCode);
    }
  }

  /** Starts it; {@code master} may carry further options of spark-submit, separated by blanks. */
  static Submit start(String master, String... arguments) throws IOException {
    return start(List.of(), master, arguments);
  }

  /**
   * Likewise, in JVMs that are made for a life of seconds: half of its processor time would go into
   * optimising what is over when it is optimised.
   */
  static Submit startShort(String master, String... arguments) throws IOException {
    return start(SHORT_LIVED, master, arguments);
  }

  /**
   * Starts it on a pseudo-terminal of util-linux's {@code script}, which passes on what is typed
   * and what is printed, errors included.
   */
  static Submit startOnTerminal(int columns, String master, String... arguments)
      throws IOException {
    String shell =
        command(SHORT_LIVED, master, arguments).stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
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
    // In the background, or under nohup, a build ignores them, and its children would, too.
    List<String> command =
        new ArrayList<>(List.of("env", "--default-signal=INT,HUP", "scripts/submit"));
    command.addAll(options);
    command.add("--master");
    command.addAll(List.of(master.split(" ")));
    command.addAll(List.of(arguments));
    return command;
  }

  private static Submit start(ProcessBuilder builder) throws IOException {
    builder.environment().remove("SPARK_HOME");
    Path err = Files.createTempFile("submit", ".err");
    return new Submit(builder.redirectError(err.toFile()).start(), err);
  }

  /** A folder with a test class, without the others, which bring a quieter logging. */
  static Path classesOf(Class<?> type, Path folder) throws IOException {
    String room = type.getPackageName().replace('.', '/');
    Path to = Files.createDirectories(folder.resolve("classes").resolve(room));
    try (Stream<Path> classes = Files.list(Path.of("target/test-classes", room))) {
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

  /** Waits for a line of its output. */
  void awaitLine(Predicate<String> wanted) throws IOException {
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      if (wanted.test(line)) {
        return;
      }
    }
    throw new AssertionError("ended without the line; it said: " + said + Files.readString(err));
  }

  /** Returns a line with its line break, which a carriage return is not; empty at the end. */
  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = out.read(); next >= 0; next = out.read()) {
      line.append((char) next);
      if (next == '\n') {
        break;
      }
    }
    said.append(line);
    return line.toString();
  }

  /** Waits until a file is there. */
  void awaitFile(Path file) {
    while (!Files.exists(file)) {
      requireAlive();
      Thread.onSpinWait();
    }
  }

  void requireAlive() {
    assertThat(process.isAlive()).as("ended too early").isTrue();
  }

  /** SIGKILL for one of its executors. */
  void killAnExecutor() throws Exception {
    ProcessHandle executor =
        process.descendants().filter(Submit::isExecutor).findFirst().orElseThrow();
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

  /** SIGKILL; in time only if the process had not ended by itself. */
  void kill() throws InterruptedException {
    assertThat(process.destroyForcibly().waitFor()).isEqualTo(128 + 9);
  }

  /** SIGSTOP; returns when every thread stands still. */
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

  /** Types a character on its terminal. */
  void type(char character) throws IOException {
    process.getOutputStream().write(character);
    process.getOutputStream().flush();
  }

  Finished finish() throws Exception {
    out.transferTo(said);
    return new Finished(process.waitFor(), said.toString(), Files.readString(err));
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(err);
  }
}
