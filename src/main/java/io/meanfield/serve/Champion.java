package io.meanfield.serve;

import io.meanfield.error.UserException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The model that a server serves at a moment. A version that becomes the champion is loaded beside
 * the one that is served, then requests use it; the other is released when its requests have ended.
 */
final class Champion implements AutoCloseable {
  private final ModelVersions versions;
  private final ServeMetrics metrics;
  private final Consumer<String> print;
  private final AtomicReference<ServedModel> served;
  private final CountDownLatch closed = new CountDownLatch(1);
  private String problem = ""; // of the last look, of the thread that looks

  /**
   * Loads the model.
   *
   * @param print prints a line for people
   * @throws UserException if it cannot be loaded
   */
  Champion(ModelVersions versions, ServeMetrics metrics, Consumer<String> print) {
    this.versions = versions;
    this.metrics = metrics;
    this.print = print;
    this.served = new AtomicReference<>(versions.load(versions.current()));
  }

  /** Returns the served model, which may be closed by another thread at any time. */
  ServedModel served() {
    return served.get();
  }

  /**
   * Does some work with the served model, which stays loaded until the work has ended.
   *
   * @throws HttpFailure if the server has stopped
   */
  <T> T with(Function<ServedModel, T> work) {
    while (true) {
      ServedModel model = served.get();
      Optional<T> result = model.use(work);
      if (result.isPresent()) {
        return result.get();
      }
      if (model == served.get()) { // another version would be served before this one is closed
        throw HttpFailure.of(HttpFailure.UNAVAILABLE, "the server has stopped");
      }
    }
  }

  /** Looks at the registry from now on. */
  void follow(Duration refresh) {
    if (versions.mayChange()) {
      Thread looking = new Thread(() -> lookUntilClosed(refresh), "meanfield-champion");
      looking.setDaemon(true);
      looking.start();
    }
  }

  private void lookUntilClosed(Duration refresh) {
    try {
      while (!closed.await(refresh.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e); // no code interrupts this thread
    }
  }

  // An exception or error would end the looks. Without memory for the version the old one stays.
  private void look() {
    try {
      String current = versions.current();
      if (!current.equals(served.get().reference())) {
        replace(versions.load(current));
      }
      problem = "";
    } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
      metrics.loadFailed();
      String found = UserException.of(e).getMessage().lines().findFirst().orElse("");
      if (!found.equals(problem)) {
        problem = found;
        print.accept("note     %s stays: %s".formatted(served.get().reference(), found));
      }
    }
  }

  private void replace(ServedModel next) {
    ServedModel last = served.getAndSet(next);
    print.accept("model    %s replaces %s".formatted(next.reference(), last.reference()));
    last.close();
  }

  @Override
  public void close() {
    closed.countDown();
    served.get().close();
  }
}
