package io.meanfield.bench.scaling;

import java.util.PriorityQueue;

/**
 * The clock and the pending events of a simulation. Events of the same time run in the order in
 * which they were scheduled, so that a simulation is a function of its input.
 */
final class EventQueue {
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private double now;
  private long scheduled;

  private record Event(double time, long number, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int order = Double.compare(time, other.time);
      return order == 0 ? Long.compare(number, other.number) : order;
    }
  }

  /** Returns the time of the event that runs, in seconds; it never decreases. */
  double now() {
    return now;
  }

  /** Runs an action after a number of seconds. */
  void after(double seconds, Runnable action) {
    if (!(seconds >= 0)) {
      throw new IllegalArgumentException("an event cannot be " + seconds + " seconds from now");
    }
    events.add(new Event(now + seconds, scheduled++, action));
  }

  /** Runs events until none is left. */
  void run() {
    for (Event next = events.poll(); next != null; next = events.poll()) {
      now = next.time();
      next.action().run();
    }
  }
}
