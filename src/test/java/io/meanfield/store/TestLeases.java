package io.meanfield.store;

import java.time.Duration;
import java.util.Map;

/** Leases of tests in other packages. */
public final class TestLeases {
  private TestLeases() {}

  /**
   * Takes the lease of a run.
   *
   * @param timeout how long the heartbeat of an unknown holder is watched
   */
  public static Lease take(RunDirectory run, Duration timeout) {
    return Lease.take(run, timeout, System::nanoTime);
  }

  /** Returns what an entry of this process says, by its key. */
  public static Map<String, String> thisProcess() {
    LeaseHolder self = LeaseHolder.thisProcess();
    ProcessFiles.LinuxProcess linux = self.linux().orElseThrow();
    return Map.of(
        "host", self.host(),
        "pid", String.valueOf(self.pid()),
        "boot_id", linux.bootId(),
        "namespaces", linux.namespaces(),
        "start_ticks", String.valueOf(linux.startTicks()));
  }
}
