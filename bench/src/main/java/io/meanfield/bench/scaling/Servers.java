package io.meanfield.bench.scaling;

import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.IntConsumer;

/**
 * Equal units of a resource, such as the cores of a host or the one direction of a link. A unit
 * serves one user at a time; users wait in the order in which they came.
 */
final class Servers {
  private final EventQueue clock;
  private final String name;
  private final UsageListener listener;
  private final PriorityQueue<Integer> free = new PriorityQueue<>();
  private final Queue<IntConsumer> waiting = new ArrayDeque<>();
  private final int count;
  private double busySeconds;

  Servers(EventQueue clock, String name, int count, UsageListener listener) {
    if (count < 1) {
      throw new IllegalArgumentException(name + " must have at least 1 unit, found " + count);
    }
    this.clock = clock;
    this.name = name;
    this.count = count;
    this.listener = listener;
    for (int unit = 0; unit < count; unit++) {
      free.add(unit);
    }
  }

  /** Calls {@code begin} with a unit as soon as one is free; the caller must release it. */
  void acquire(IntConsumer begin) {
    if (free.isEmpty()) {
      waiting.add(begin);
    } else {
      begin.accept(free.poll());
    }
  }

  /** Gives a unit to the next user. */
  void release(int unit) {
    IntConsumer next = waiting.poll();
    if (next == null) {
      free.add(unit);
    } else {
      next.accept(unit);
    }
  }

  /** Uses a unit for a number of seconds, then calls {@code then}. */
  void use(double seconds, Runnable then) {
    use(seconds, () -> {}, then);
  }

  /** Calls {@code began} when the use of a unit begins, and {@code then} when it ends. */
  void use(double seconds, Runnable began, Runnable then) {
    acquire(
        unit -> {
          busySeconds += seconds;
          listener.used(name, unit, clock.now(), clock.now() + seconds);
          began.run();
          clock.after(
              seconds,
              () -> {
                release(unit);
                then.run();
              });
        });
  }

  /** Returns the sum of the seconds of all uses. */
  double busySeconds() {
    return busySeconds;
  }

  int count() {
    return count;
  }
}
