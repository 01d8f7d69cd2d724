package io.meanfield.storm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call of scripts/submit whose output goes to files. */
final class StormProcess implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration POLL = Duration.ofMillis(10);
  private static final int KILLED = 128 + 9;

  private final Process process;
  private final Path log;
  private final Path lease;
  private final Instant started = Instant.now();
  private final long start = System.nanoTime();

  private StormProcess(Process process, Path log, Path lease) {
    this.process = process;
    this.log = log;
    this.lease = lease;
  }

  /**
   * Starts a command.
   *
   * @param run the directory of the command's run
   * @param log receives the output
   */
  static StormProcess start(
      List<String> command, Map<String, String> environment, Path run, Path log)
      throws IOException {
    Path leases = run.resolve("lease");
    String[] before = leases.toFile().list((folder, name) -> name.endsWith(".json"));
    int number = before == null ? 1 : before.length + 1;
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    // A process that is killed leaves its temporary files.
    Path temporary = Files.createDirectories(log.resolveSibling("tmp").toAbsolutePath());
    builder
        .environment()
        .merge("SPARK_SUBMIT_OPTS", "-Djava.io.tmpdir=" + temporary, (one, two) -> one + " " + two);
    Path lease = leases.resolve(String.format(Locale.ROOT, "%06d.json", number));
    return new StormProcess(builder.start(), log, lease);
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /**
   * Waits until so much time has passed since the start; returns whether the process lives then.
   */
  boolean awaitMoment(Duration moment) throws InterruptedException {
    long left = moment.minus(elapsed()).toNanos();
    return left <= 0 ? isAlive() : !process.waitFor(left, TimeUnit.NANOSECONDS);
  }

  /**
   * Waits until the process has taken the lease of its run; returns the time from the start to
   * that, or nothing if the process ends without the lease.
   */
  Optional<Duration> awaitLease() throws InterruptedException, IOException {
    while (!Files.exists(lease)) {
      if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
    }
    return Optional.of(Duration.between(started, Files.getLastModifiedTime(lease).toInstant()));
  }

  /** Waits until there are executors; they never come if the command needs none any more. */
  List<ProcessHandle> awaitExecutors() throws InterruptedException {
    List<ProcessHandle> executors = executors();
    while (executors.isEmpty() && !process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
      executors = executors();
    }
    return executors;
  }

  List<ProcessHandle> executors() {
    return process.descendants().filter(StormProcess::isExecutor).toList();
  }

  private static boolean isExecutor(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "cmdline"))
          .contains("CoarseGrainedExecutorBackend");
    } catch (IOException gone) {
      return false;
    }
  }

  /** Sends SIGKILL to the driver. */
  void kill() {
    process.destroyForcibly();
  }

  /** Sends a signal such as STOP. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, String.valueOf(pid())).start().waitFor();
  }

  /** Returns the exit code; a process that was killed has 137. */
  int finish() throws InterruptedException {
    if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
      throw new Violation("the process does not end within " + LONGEST + "; see " + log);
    }
    return process.exitValue();
  }

  /**
   * Waits for the end; throws if the process neither was killed nor has one of these exit codes.
   */
  int finish(List<Integer> allowed) throws InterruptedException, IOException {
    int code = finish();
    if (!allowed.contains(code)) {
      throw new Violation(
          "exit code "
              + code
              + ", expected one of "
              + allowed
              + ": "
              + lastLine()
              + "; see "
              + log);
    }
    return code;
  }

  private String lastLine() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return lines.isEmpty() ? "no output" : lines.get(lines.size() - 1);
  }

  static int killed() {
    return KILLED;
  }

  /** Waits until processes have ended, such as the executors of a driver that was killed. */
  static void awaitEnd(List<ProcessHandle> processes) throws InterruptedException {
    CompletableFuture<Void> all =
        CompletableFuture.allOf(
            processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new));
    try {
      all.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new Violation("executors outlive their driver by " + LONGEST);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
