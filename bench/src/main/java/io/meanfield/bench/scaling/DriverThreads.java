package io.meanfield.bench.scaling;

/**
 * The threads of the driver that a round keeps busy.
 *
 * @param application the thread that runs the application: it broadcasts and averages
 * @param scheduler the thread that launches tasks and handles their ends
 * @param results the threads that fetch and deserialise the results of tasks
 * @param requests the thread that answers where the blocks of a broadcast are
 */
record DriverThreads(Threads application, Threads scheduler, Threads results, Threads requests) {
  // spark.resultGetter.threads
  private static final int RESULT_THREADS = 4;

  static DriverThreads of(EventQueue clock, Host driver) {
    return new DriverThreads(
        threads(clock, driver, 1),
        threads(clock, driver, 1),
        threads(clock, driver, RESULT_THREADS),
        threads(clock, driver, 1));
  }

  // A thread that waits for a core is no use of a resource.
  private static Threads threads(EventQueue clock, Host driver, int count) {
    return new Threads(
        new Servers(clock, "driver threads", count, UsageListener.NONE), driver.cores());
  }
}
