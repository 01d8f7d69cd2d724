package io.meanfield.learner;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;

/**
 * The idle learners of this JVM. It is a cache only: a learner is built in tens of milliseconds,
 * and a new one and a used one compute the same bits.
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

  /** Calls {@code work} with a learner built from {@code wanted}. */
  public <R> R withLearner(K wanted, Function<T, R> work) {
    Deque<T> fitting = idleFor(wanted);
    T kept = fitting.poll();
    T learner = kept == null ? build.apply(wanted) : kept;
    R result = work.apply(learner);
    // Only after success: a learner that threw may hold anything.
    fitting.push(learner);
    return result;
  }

  // Learners of one network only: a JVM that trains another network frees the memory of the last
  // one.
  private synchronized Deque<T> idleFor(K wanted) {
    if (!wanted.equals(key)) {
      key = wanted;
      idle = new ConcurrentLinkedDeque<>();
    }
    return idle;
  }
}
