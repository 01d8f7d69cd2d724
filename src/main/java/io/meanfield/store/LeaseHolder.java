package io.meanfield.store;

import com.typesafe.config.Config;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The process that has taken a lease.
 *
 * @param started a process number is used again after a while; together with its start it is not
 */
record LeaseHolder(String host, long pid, String started) {
  static LeaseHolder thisProcess() {
    ProcessHandle me = ProcessHandle.current();
    return new LeaseHolder(hostName(), me.pid(), startOf(me));
  }

  static Optional<LeaseHolder> parse(Optional<Config> entry) {
    return entry
        .filter(owner -> !owner.isEmpty())
        .map(
            owner ->
                new LeaseHolder(
                    owner.getString("host"),
                    owner.getLong("pid"),
                    owner.getString("process_started")));
  }

  Map<String, Object> toMap() {
    return Map.of(
        "host", host, "pid", pid, "process_started", started, "taken", Instant.now().toString());
  }

  boolean isOnThisHost() {
    return host.equals(hostName());
  }

  /** Only of a process of this host it can be known. */
  boolean isDead() {
    return isOnThisHost()
        && ProcessHandle.of(pid).filter(process -> startOf(process).equals(started)).isEmpty();
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
