package io.meanfield.store;

/**
 * The process that has taken the lease of a run and has not released it.
 *
 * @param alive whether it still works on the run; if not, the next process takes the lease
 */
public record RunHolder(String host, long pid, boolean alive) {
  /** A holder whose entry is damaged, so that nobody can take the lease. */
  static final RunHolder UNKNOWN = new RunHolder("unknown", 0, true);

  static RunHolder of(LeaseHolder holder, boolean alive) {
    return new RunHolder(holder.host(), holder.pid(), alive);
  }

  @Override
  public String toString() {
    return equals(UNKNOWN) ? "an unknown process" : "process " + pid + " on " + host;
  }
}
