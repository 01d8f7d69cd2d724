package io.meanfield.bench;

import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * One training, on a thread of its own, that waits before each epoch until it is requested. So an
 * epoch between those of other trainers costs what it costs in the middle of a run.
 */
final class OnDemandTraining implements AutoCloseable {
  private final Semaphore requests = new Semaphore(0);
  private final Thread thread;
  private volatile CompletableFuture<TrainingState> epoch = new CompletableFuture<>();
  private volatile double seconds;
  private volatile boolean isClosed;

  /**
   * Starts the training.
   *
   * @param training trains until its listener, which it takes, wants no other epoch; its early
   *     stopping is on, so that each epoch has a state
   */
  OnDemandTraining(Consumer<TrainingListener> training) {
    thread = new Thread(() -> run(training), "training");
    thread.start();
  }

  /** Grants each request one epoch. */
  private final class Requests implements TrainingListener {
    @Override
    public boolean wantsAnotherEpoch() {
      requests.acquireUninterruptibly();
      return !isClosed;
    }

    @Override
    public void epochEnded(EpochResult result, Optional<TrainingState> state) {
      seconds = result.seconds();
      epoch.complete(state.orElseThrow());
    }
  }

  private void run(Consumer<TrainingListener> training) {
    try {
      training.accept(new Requests());
    } catch (RuntimeException | Error e) {
      epoch.completeExceptionally(e);
    }
  }

  /** Trains the next epoch and returns the state after it. */
  TrainingState epoch() {
    requests.release();
    TrainingState state = epoch.join();
    epoch = new CompletableFuture<>();
    return state;
  }

  /** Returns the time of the last epoch. Several short epochs are trained in one Spark job. */
  double seconds() {
    return seconds;
  }

  /** Ends the training. */
  @Override
  public void close() {
    isClosed = true;
    requests.release();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
