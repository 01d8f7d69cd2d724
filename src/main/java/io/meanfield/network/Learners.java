package io.meanfield.network;

import io.meanfield.network.dl4j.Dl4jLearner;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;

/**
 * The learners of this JVM that are not at work. A cache and nothing else: a learner is built in
 * tens of milliseconds, and whether a task gets a new one or a used one changes no bit.
 */
public final class Learners {
  private static final Learners CACHE = new Learners();

  private Architecture architecture;
  private Deque<Learner> idle = new ConcurrentLinkedDeque<>();

  private Learners() {}

  /** Lends a learner for {@code architecture} to {@code work}. */
  public static <T> T lend(Architecture architecture, Function<Learner, T> work) {
    Deque<Learner> idle = CACHE.idleFor(architecture);
    Learner kept = idle.poll();
    Learner learner = kept == null ? new Dl4jLearner(architecture) : kept;
    T result = work.apply(learner);
    // Only after success: a learner that threw may hold anything.
    idle.push(learner);
    return result;
  }

  // Learners of one network only: a JVM that trains the next network gives the last one's memory
  // back.
  private synchronized Deque<Learner> idleFor(Architecture wanted) {
    if (!wanted.equals(architecture)) {
      architecture = wanted;
      idle = new ConcurrentLinkedDeque<>();
    }
    return idle;
  }
}
