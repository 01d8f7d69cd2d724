package io.meanfield.doctor;

import java.util.ArrayList;
import java.util.List;

/**
 * Which executors answered.
 *
 * @param silent the addresses, host:port, of known executors that ran no task
 * @param answered the number of executors that did
 * @param requested the number that the settings of Spark request; 0 if they name none
 */
record ExecutorCensus(List<String> silent, int answered, int requested) {
  private static final String CHECK = "executors";

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (String address : silent) {
      findings.add(
          Finding.failed(
              CHECK,
              address,
              "the executor ran none of the tasks that were offered to it",
              "stop other jobs of this application, and look for errors in the executor's log"));
    }
    findings.add(count());
    return findings;
  }

  private Finding count() {
    if (answered == 0) {
      return Finding.failed(
          CHECK,
          "driver",
          "no executor answered",
          "give the application executors, and look for errors in the log of the cluster manager");
    }
    if (answered < requested) {
      return Finding.warning(
          CHECK,
          "driver",
          answered + " of " + requested + " requested executors answered",
          "free resources of the cluster, or request fewer executors");
    }
    return Finding.ok(
        CHECK, "driver", answered + (answered == 1 ? " executor" : " executors") + " answered");
  }

  /** Returns the finding of a Spark job that failed before any executor answered. */
  static Finding broken(String cause) {
    return Finding.failed(
        CHECK,
        "driver",
        "the tasks of the check failed: " + cause,
        "look for errors in the executors' logs; Meanfield needs Java 17 or newer there");
  }
}
