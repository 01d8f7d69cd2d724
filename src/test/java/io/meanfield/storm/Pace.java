package io.meanfield.storm;

import java.io.IOException;
import java.time.Duration;

/**
 * How an undisturbed command goes. Another process of the command may run under another load, so
 * that a part of its work is measured in its own speed, which its start shows.
 *
 * @param toLease the time from the start of the process until it takes the lease of its run
 * @param total the time until the process has ended
 */
record Pace(Duration toLease, Duration total) {
  /**
   * Waits until a process has come as far as an undisturbed one after this part of its time;
   * returns whether the process lives then.
   */
  boolean await(StormProcess process, double part) throws IOException, InterruptedException {
    double moment = part * total.toNanos();
    if (moment <= toLease.toNanos()) {
      return process.awaitMoment(Duration.ofNanos(Math.round(moment)));
    }
    var lease = process.awaitLease();
    if (lease.isEmpty()) {
      return false;
    }
    double slowness = (double) lease.get().toNanos() / toLease.toNanos();
    return process.awaitMoment(Duration.ofNanos(Math.round(moment * slowness)));
  }
}
