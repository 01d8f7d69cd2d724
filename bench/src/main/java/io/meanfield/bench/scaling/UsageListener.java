package io.meanfield.bench.scaling;

/** Observes which resource is used when. */
@FunctionalInterface
interface UsageListener {
  UsageListener NONE = (resource, unit, start, end) -> {};

  /**
   * Called when a use begins.
   *
   * @param unit number of the core, thread or link within the resource, from 0
   * @param start time in seconds
   * @param end time in seconds
   */
  void used(String resource, int unit, double start, double end);
}
