package io.meanfield.store;

import java.time.Instant;

/**
 * The process that has taken a lease.
 *
 * @param processStarted the start of the process, because the system reuses process ids
 */
record LeaseHolder(String host, long pid, String processStarted) {
  static LeaseHolder thisProcess() {
    ProcessHandle current = ProcessHandle.current();
    return new LeaseHolder(hostName(), current.pid(), startOf(current));
  }

  boolean isOnThisHost() {
    return host.equals(hostName());
  }

  /** Returns whether the process no longer exists; false if it runs on another host. */
  boolean isDead() {
    return isOnThisHost()
        && ProcessHandle.of(pid)
            .filter(process -> startOf(process).equals(processStarted))
            .isEmpty();
  }

  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("unknown");
  }

  private static String hostName() {
    try {
      return java.net.InetAddress.getLocalHost().getHostName();
    } catch (java.net.UnknownHostException e) {
      return "unknown host";
    }
  }

  @Override
  public String toString() {
    return "process " + pid + " on " + host;
  }
}
