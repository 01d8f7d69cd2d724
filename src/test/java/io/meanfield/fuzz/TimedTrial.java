package io.meanfield.fuzz;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs cases in another thread, which is given up if a case takes too long. */
final class TimedTrial implements AutoCloseable {
  /** The kind of a violation after which no other case can be run. */
  static final String TOO_LONG = "reading took too long";

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread worker = new Thread(null, work, "fuzz", 1 << 20);
            worker.setDaemon(true);
            return worker;
          });
  private final Trial trial;
  private final Duration limit;

  /**
   * Prepares the cases.
   *
   * @param limit of one case
   */
  TimedTrial(Format format, Path folder, Duration limit) {
    this.trial = new Trial(format, folder);
    this.limit = limit;
  }

  byte[] content(int seed) {
    return trial.content(seed);
  }

  /** Reads the file of a seed. After a case that took too long, no other case can be run. */
  Outcome run(int seed) {
    return read(content(seed));
  }

  /** Reads a file with this content, as {@link #run} does. */
  Outcome read(byte[] content) {
    Future<Outcome> outcome = thread.submit(() -> trial.read(content));
    try {
      return outcome.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return new Outcome.Violation(TOO_LONG, limit.toSeconds() + " s");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a case could not be run", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    trial.close();
  }
}
