package io.meanfield.bench.scaling;

/** A machine: its cores, and the two directions of its network link. */
final class Host {
  private final Servers cores;
  private final Servers up;
  private final Servers down;

  Host(EventQueue clock, String name, int cores, UsageListener listener) {
    this.cores = new Servers(clock, name + " cores", cores, listener);
    this.up = new Servers(clock, name + " up", 1, listener);
    this.down = new Servers(clock, name + " down", 1, listener);
  }

  Servers cores() {
    return cores;
  }

  Servers up() {
    return up;
  }

  Servers down() {
    return down;
  }
}
