package io.meanfield.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Runs the cases of a format in child processes, one after the other; only a crash starts another.
 */
final class FuzzProcesses {
  // Beyond the limit that a child enforces itself: it may be out of memory, and it starts Spark,
  // which takes more than four minutes if others use all cores.
  private static final long SILENCE_SECONDS = 15 * FuzzChild.LIMIT.toSeconds();
  private static final List<String> LIMITS =
      List.of(
          // C2 and G1 have threads of their own, which take the time of the cases on two cores.
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xmx512m",
          "-XX:MaxDirectMemorySize=128m",
          "-Dorg.bytedeco.javacpp.maxBytes=128m",
          "-Dorg.bytedeco.javacpp.maxPhysicalBytes=2g",
          "-XX:-CreateCoredumpOnCrash",
          // Else HotSpot prints its crashes between the lines of the cases.
          "-XX:+DisplayVMOutputToStderr",
          "-XX:ErrorFile=/dev/null");

  private static final Pattern CAUSE =
      Pattern.compile("Exception in thread|Caused by: |.*\\bOutOfMemoryError\\b|# +SIG");

  private final Format format;
  private final Path folder;
  private final Tally tally = new Tally();
  private Optional<Integer> begun = Optional.empty();

  private FuzzProcesses(Format format, Path folder) {
    this.format = format;
    this.folder = folder;
  }

  /**
   * Runs cases.
   *
   * @param folder for the files of the cases
   */
  static Tally run(Format format, SeedRange seeds, Path folder) {
    FuzzProcesses processes = new FuzzProcesses(format, folder);
    for (int next = seeds.first(); next <= seeds.last(); ) {
      processes.child(next, seeds.last());
      next = seeds.first() + processes.tally.cases();
    }
    return processes.tally;
  }

  private void child(int first, int last) {
    int before = tally.cases();
    try {
      Fixtures.write(log(), "");
      Process child = start(first, last);
      read(child);
      String kind = "the process ended with " + child.waitFor();
      begun.ifPresent(seed -> tally.add(seed, new Outcome.Violation(kind, reason(log())), 0));
      begun = Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    if (tally.cases() == before) {
      throw new IllegalStateException(
          "the process of " + format + " ended before its first case; see " + log());
    }
  }

  /** Returns the last cause in the errors of a process; empty if it has printed none. */
  static String reason(Path errors) {
    return new String(Fixtures.read(errors), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> CAUSE.matcher(line).lookingAt())
        .reduce("", (before, line) -> line);
  }

  private Process start(int first, int last) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@dev/java-options");
    command.addAll(LIMITS);
    command.add("-Djava.io.tmpdir=" + folder);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(
            FuzzChild.class.getName(), format.name(), "" + first, "" + last, folder.toString()));
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()))
        .start();
  }

  private Path log() {
    return FuzzMain.FOUND.resolve(format.display() + ".log");
  }

  private void read(Process child) throws IOException {
    ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
    try (BufferedReader lines = child.inputReader()) {
      String line;
      do {
        var kill = watch.schedule(child::destroyForcibly, SILENCE_SECONDS, TimeUnit.SECONDS);
        line = lines.readLine();
        kill.cancel(false);
        if (line != null) {
          accept(FuzzLine.parse(line));
        }
      } while (line != null);
    } finally {
      watch.shutdownNow();
    }
  }

  private void accept(FuzzLine line) {
    if (line instanceof FuzzLine.Begin begin) {
      begun = Optional.of(begin.seed());
    } else if (line instanceof FuzzLine.End end) {
      tally.add(begun.orElseThrow(), end.outcome(), end.peakKib());
      begun = Optional.empty();
    }
  }
}
