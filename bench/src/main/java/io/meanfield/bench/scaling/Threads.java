package io.meanfield.bench.scaling;

/** Threads of a process. A thread that computes needs a core of its host, too. */
final class Threads {
  private final Servers threads;
  private final Servers cores;

  Threads(Servers threads, Servers cores) {
    this.threads = threads;
    this.cores = cores;
  }

  /** Computes for a number of seconds on one thread, then calls {@code then}. */
  void compute(double seconds, Runnable then) {
    hold(thread -> cores.use(seconds, thread.andThen(then)));
  }

  /** Calls {@code work} with a thread, which {@code work} must release. */
  void hold(Work work) {
    threads.acquire(unit -> work.begin(() -> threads.release(unit)));
  }

  /** The work of a thread. */
  @FunctionalInterface
  interface Work {
    void begin(Held thread);
  }

  /** A thread in use. */
  @FunctionalInterface
  interface Held {
    void release();

    /** Returns an action that releases the thread and then runs {@code next}. */
    default Runnable andThen(Runnable next) {
      return () -> {
        release();
        next.run();
      };
    }
  }
}
