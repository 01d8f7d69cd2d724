package io.meanfield.fuzz;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.Lease;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.TestLeases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Two threads that take the lease of a run at once, and what comes of it. */
final class LeaseRace implements AutoCloseable {
  private static final ExecutorService OTHER =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "other");
            thread.setDaemon(true);
            return thread;
          });

  private static final String HEARTBEATS = "meanfield-lease"; // the name of their threads

  private final RunDirectory run;
  private final List<Lease> leases = new ArrayList<>();
  private final List<UserException> refusals = new ArrayList<>();

  private LeaseRace(RunDirectory run) {
    this.run = run;
  }

  /**
   * Runs the race.
   *
   * @param timeout how long the heartbeat of an unknown holder is watched
   */
  static LeaseRace run(RunDirectory run, Duration timeout) throws InterruptedException {
    LeaseRace race = new LeaseRace(run);
    Future<?> other = OTHER.submit(() -> race.take(timeout));
    race.take(timeout);
    try {
      other.get();
    } catch (ExecutionException e) {
      race.close();
      throw new IllegalStateException("the lease could not be taken", e.getCause());
    }
    return race;
  }

  private void take(Duration timeout) {
    try {
      Lease lease = TestLeases.take(run, timeout);
      synchronized (this) {
        leases.add(lease);
      }
    } catch (UserException e) {
      synchronized (this) {
        refusals.add(e);
      }
    }
  }

  boolean isTaken() {
    return !leases.isEmpty();
  }

  /** Returns the first refusal. */
  UserException refusal() {
    return refusals.get(0);
  }

  /** Checks that one thread has won, and that the lease cannot be taken from it. */
  void requireWinner(Duration timeout) {
    WrongContent.unless(leases.size() == 1, "both threads have taken the lease");
    leases.get(0).requireHeld();
    take(timeout);
    WrongContent.unless(leases.size() == 1, "the lease of this process was taken");
    WrongContent.unless(
        refusals.stream().allMatch(refusal -> refusal.code() == ErrorCode.RUN_BUSY),
        "a process that has lost was told " + refusals);
  }

  /** Takes the lease once more, after the entry of the winner was damaged: one of both holds it. */
  void requireOneHolder(Duration timeout) {
    take(timeout);
    WrongContent.unless(
        leases.stream().filter(LeaseRace::isHeld).count() == 1,
        "the lease does not have one holder");
  }

  private static boolean isHeld(Lease lease) {
    try {
      lease.requireHeld();
      return true;
    } catch (UserException e) {
      WrongContent.unless(e.code() == ErrorCode.RUN_BUSY, "a replaced holder was told " + e);
      return false;
    }
  }

  /** Returns the threads that write heartbeats now. */
  static Set<Thread> heartbeats() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(HEARTBEATS))
        .collect(Collectors.toSet());
  }

  /**
   * Waits for the last heartbeats of closed leases, which would disturb the next case.
   *
   * @param others threads of leases that stay open
   */
  static void awaitHeartbeats(Set<Thread> others) throws InterruptedException {
    for (Thread thread : heartbeats()) {
      if (!others.contains(thread)) {
        thread.join();
      }
    }
  }

  @Override
  public void close() {
    leases.forEach(Lease::close);
  }
}
