package io.meanfield.serve;

import io.meanfield.scorer.Scorer;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * A loaded version of a model. Its memory outside of the heap is released when the requests that
 * use it have ended.
 */
final class ServedModel implements AutoCloseable {
  private final String reference;
  private final String name;
  private final String version;
  private final Scorer scorer;
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();
  private boolean isClosed; // guarded by use

  /**
   * Creates a loaded model.
   *
   * @param reference under which it was loaded, such as churn@3
   */
  ServedModel(String reference, String name, String version, Scorer scorer) {
    this.reference = reference;
    this.name = name;
    this.version = version;
    this.scorer = scorer;
  }

  String reference() {
    return reference;
  }

  String name() {
    return name;
  }

  String version() {
    return version;
  }

  Scorer scorer() {
    return scorer;
  }

  /** Does some work with the model; returns empty, without the work, if it is closed. */
  <T> Optional<T> use(Function<ServedModel, T> work) {
    use.readLock().lock();
    try {
      return isClosed ? Optional.empty() : Optional.of(work.apply(this));
    } finally {
      use.readLock().unlock();
    }
  }

  /** Waits for the work that uses the model, and releases it. */
  @Override
  public void close() {
    use.writeLock().lock();
    try {
      if (!isClosed) {
        isClosed = true;
        scorer.close();
      }
    } finally {
      use.writeLock().unlock();
    }
  }
}
