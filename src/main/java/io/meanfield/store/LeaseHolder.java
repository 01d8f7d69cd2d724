package io.meanfield.store;

import java.time.Instant;

/**
 * The process that has taken a lease.
 *
 * @param processStarted a process number is used again after a while; together with its start it is
 *     not
 */
record LeaseHolder(String host, long pid, String processStarted) {
  static LeaseHolder thisProcess() {
    ProcessHandle me = ProcessHandle.current();
    return new LeaseHolder(hostName(), me.pid(), startOf(me));
  }

  boolean isOnThisHost() {
    return host.equals(hostName());
  }

  /** Only of a process of this host it can be known. */
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
