package io.meanfield.fuzz;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A process that runs consecutive cases of a format: {@code FORMAT FIRST LAST FOLDER}. Prints a
 * line before and a line after each case, so that its parent knows in which case it has crashed. It
 * ends after a case from which a process does not recover.
 */
final class FuzzChild {
  static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String TOO_LARGE = "the process has used too much memory";
  private static final long MAX_RESIDENT_KIB = 2L << 20;

  private FuzzChild() {}

  public static void main(String[] arguments) throws IOException {
    PrintStream lines = System.out;
    System.setOut(System.err); // libraries print there
    Format format = Format.valueOf(arguments[0]);
    Path folder = Files.createTempDirectory(Path.of(arguments[3]), "case");
    TimedTrial trial = new TimedTrial(format, folder, LIMIT);
    for (int seed = Integer.parseInt(arguments[1]);
        seed <= Integer.parseInt(arguments[2]);
        seed++) {
      lines.println(FuzzLine.begin(seed));
      lines.flush();
      byte[] content = trial.content(seed);
      Path kept = Fixtures.write(FuzzMain.found(format, seed), content);
      Outcome outcome = limited(trial.read(content));
      lines.println(FuzzLine.end(outcome, ResidentMemory.peakKib()));
      lines.flush();
      if (!(outcome instanceof Outcome.Violation violation)) {
        Files.delete(kept);
      } else if (isLasting(violation)) {
        break;
      }
    }
    Runtime.getRuntime().halt(0); // threads of cases that take too long go on
  }

  private static Outcome limited(Outcome outcome) {
    long resident = ResidentMemory.peakKib();
    return resident > MAX_RESIDENT_KIB
        ? new Outcome.Violation(TOO_LARGE, resident / 1024 + " MiB")
        : outcome;
  }

  private static boolean isLasting(Outcome.Violation violation) {
    return violation.kind().startsWith(OutOfMemoryError.class.getSimpleName())
        || violation.kind().equals(TimedTrial.TOO_LONG)
        || violation.kind().equals(TOO_LARGE);
  }
}
