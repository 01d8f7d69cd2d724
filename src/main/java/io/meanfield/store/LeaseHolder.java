package io.meanfield.store;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The process that has taken a lease.
 *
 * @param processStarted the start of the process, for people
 * @param processToken a random name of the process
 * @param linux what tells whether the process still exists; empty if the system does not say it
 */
record LeaseHolder(
    String host,
    long pid,
    String processStarted,
    String processToken,
    Optional<ProcessFiles.LinuxProcess> linux) {
  private static final int LONGEST_HOST = 255;
  private static final LeaseHolder THIS = current();

  LeaseHolder {
    if (host.length() > LONGEST_HOST || host.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("expected the name of a host");
    }
  }

  /** Whether the process of an entry still exists. */
  enum State {
    ALIVE,
    DEAD,
    /** Only the heartbeat tells. */
    UNKNOWN
  }

  static LeaseHolder thisProcess() {
    return THIS;
  }

  private static LeaseHolder current() {
    ProcessHandle current = ProcessHandle.current();
    return new LeaseHolder(
        hostName(),
        current.pid(),
        current.info().startInstant().map(Instant::toString).orElse("unknown"),
        UUID.randomUUID().toString(),
        ProcessFiles.SYSTEM.describe(current.pid()));
  }

  boolean isThisProcess() {
    return processToken.equals(THIS.processToken);
  }

  /**
   * Returns whether the process still exists. Only a process that shares its ids with this one is
   * judged by its id. The host counts as well, because copies of a running virtual machine have the
   * same boot.
   */
  State state() {
    if (isThisProcess()) {
      return State.ALIVE;
    }
    return linux
        .filter(
            other -> host.equals(THIS.host) && THIS.linux.filter(other::sharesIdsWith).isPresent())
        .map(this::state)
        .orElse(State.UNKNOWN);
  }

  private State state(ProcessFiles.LinuxProcess process) {
    try {
      return ProcessFiles.SYSTEM.contain(process, pid) ? State.ALIVE : State.DEAD;
    } catch (IOException unreadable) {
      return State.UNKNOWN;
    }
  }

  private static String hostName() {
    try {
      return java.net.InetAddress.getLocalHost().getHostName();
    } catch (java.net.UnknownHostException e) { // no address has this name
      return ProcessFiles.SYSTEM.hostName().orElse("unknown host");
    }
  }

  @Override
  public String toString() {
    return "process " + pid + " on " + host;
  }
}
