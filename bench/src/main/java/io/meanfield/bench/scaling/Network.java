package io.meanfield.bench.scaling;

/**
 * The network between hosts: a full-bisection switch, so only the links of the hosts limit it.
 * Processes of one host exchange bytes without network time: the copies are in the measured
 * processor time.
 */
final class Network {
  private final EventQueue clock;
  private final double bytesPerSecond;
  private final double latencySeconds;

  Network(EventQueue clock, double bytesPerSecond, double latencySeconds) {
    this.clock = clock;
    this.bytesPerSecond = bytesPerSecond;
    this.latencySeconds = latencySeconds;
  }

  /** Delivers a short message, whose bytes do not count. */
  void send(Host from, Host to, Runnable arrived) {
    clock.after(from == to ? 0 : latencySeconds, arrived);
  }

  /** Delivers bytes, which occupy the sender's uplink and the receiver's downlink. */
  void transfer(Host from, Host to, double bytes, Runnable arrived) {
    if (from == to) {
      clock.after(0, arrived);
      return;
    }
    double seconds = bytes / bytesPerSecond;
    from.up()
        .use(
            seconds,
            () -> to.down().use(seconds, () -> clock.after(latencySeconds, arrived)),
            () -> {});
  }
}
