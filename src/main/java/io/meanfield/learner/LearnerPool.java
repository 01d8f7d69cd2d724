package io.meanfield.learner;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;

/**
 * The learners of this JVM that are not at work. A cache and nothing else: a learner is built in
 * tens of milliseconds, and whether a task gets a new one or a used one changes no bit.
 *
 * @param <K> what a learner is built from
 * @param <T> a learner
 */
public final class LearnerPool<K, T> {
  private final Function<K, T> build;
  private K key;
  private Deque<T> idle = new ConcurrentLinkedDeque<>();

  public LearnerPool(Function<K, T> build) {
    this.build = build;
  }

  /** Lends a learner built from {@code wanted} to {@code work}. */
  public <R> R withLearner(K wanted, Function<T, R> work) {
    Deque<T> fitting = idleFor(wanted);
    T kept = fitting.poll();
    T learner = kept == null ? build.apply(wanted) : kept;
    R result = work.apply(learner);
    // Only after success: a learner that threw may hold anything.
    fitting.push(learner);
    return result;
  }

  // Learners of one network only: a JVM that trains the next network gives the last one's memory
  // back.
  private synchronized Deque<T> idleFor(K wanted) {
    if (!wanted.equals(key)) {
      key = wanted;
      idle = new ConcurrentLinkedDeque<>();
    }
    return idle;
  }
}
