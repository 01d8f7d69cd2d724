package io.meanfield.fuzz;

import com.sun.management.ThreadMXBean;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Runs the cases of a format, one after the other, in this thread. */
final class Trial implements AutoCloseable {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  // What a file of at most 1 MiB and Spark's own work may need.
  private static final long MAX_ALLOCATED_BYTES = 512L << 20;

  private final Format format;
  private final Target target;
  private final Snapshot intact;

  /**
   * Prepares the cases and reads the valid files, which also starts what the first case would wait
   * for.
   *
   * @param folder an empty folder for the files
   */
  Trial(Format format, Path folder) {
    this.format = format;
    this.target = format.target(folder);
    this.intact = Snapshot.of(folder);
    for (byte[] seed : target.seeds()) {
      Outcome outcome = read(seed);
      if (!(outcome instanceof Outcome.Accepted)
          && Arrays.equals(seed, intact.files().get(target.file()))) {
        throw new IllegalStateException(
            "the valid file of " + format + " was not read: " + outcome);
      }
    }
  }

  /** Reads the mutated file of a seed. */
  Outcome run(int seed) {
    return read(content(seed));
  }

  /** Returns the content of the file of a seed. */
  byte[] content(int seed) {
    return target.mutated(format.mutator(), new Draws(format.name(), seed));
  }

  /** Reads a file with this content. */
  Outcome read(byte[] content) {
    Map<Path, byte[]> files = target.files(content);
    try {
      for (Map.Entry<Path, byte[]> file : files.entrySet()) {
        Files.write(file.getKey(), file.getValue());
      }
      long before = THREADS.getCurrentThreadAllocatedBytes();
      Outcome outcome = outcome();
      long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      Snapshot left = Snapshot.of(intact.folder());
      Optional<Outcome> harm = harm(files, left);
      intact.restoreFrom(left);
      return harm.orElseGet(() -> limited(outcome, allocated));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Outcome outcome() {
    try {
      target.read();
      return new Outcome.Accepted();
    } catch (WrongContent e) {
      return new Outcome.Violation("it was read with wrong content", e.getMessage());
    } catch (Throwable e) {
      return UserException.in(e).map(this::refused).orElseGet(() -> unexpected(e));
    }
  }

  private Outcome refused(UserException e) {
    return Refusal.problem(e.code(), e.getMessage(), target.name(), target.listsProblems())
        .<Outcome>map(problem -> new Outcome.Violation(problem, Printable.of(e.getMessage())))
        .orElseGet(() -> new Outcome.Refused(e.getMessage()));
  }

  private static Outcome unexpected(Throwable e) {
    String where =
        Arrays.stream(e.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith("io.meanfield."))
            .findFirst()
            .map(frame -> " in " + frame.getClassName() + "." + frame.getMethodName())
            .orElse("");
    return new Outcome.Violation(
        e.getClass().getSimpleName() + where, Printable.of(String.valueOf(e.getMessage())));
  }

  private Optional<Outcome> harm(Map<Path, byte[]> files, Snapshot left) {
    return intact.with(files).differences(left).stream()
        .filter(file -> !target.mayChange(file))
        .findFirst()
        .map(file -> new Outcome.Violation("reading changed the file " + file.getFileName(), ""));
  }

  private static Outcome limited(Outcome outcome, long allocated) {
    return allocated > MAX_ALLOCATED_BYTES
        ? new Outcome.Violation("reading allocated too much heap", (allocated >> 20) + " MiB")
        : outcome;
  }

  @Override
  public void close() {
    target.close();
  }
}
