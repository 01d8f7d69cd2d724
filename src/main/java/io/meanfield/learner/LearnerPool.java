package io.meanfield.learner;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;

/**
 * A cache of the idle learners of this JVM. It saves the tens of milliseconds that building a
 * learner takes; a new learner and a used one give bit-identical results.
 *
 * @param <K> the key from which a learner is built
 * @param <T> the type of learner
 */
public final class LearnerPool<K, T> {
  private final Function<K, T> build;
  private K key;
  private Deque<T> idle = new ConcurrentLinkedDeque<>();

  public LearnerPool(Function<K, T> build) {
    this.build = build;
  }

  /** Calls {@code work} with a learner that was built from {@code wanted}; returns the result. */
  public <R> R withLearner(K wanted, Function<T, R> work) {
    Deque<T> pool = idleLearners(wanted);
    T idleLearner = pool.poll();
    T learner = idleLearner == null ? build.apply(wanted) : idleLearner;
    R result = work.apply(learner);
    // Only after success: a learner that has thrown an exception may be in any state.
    pool.push(learner);
    return result;
  }

  // Keeps the learners of one key only, so that training another network frees their memory.
  private synchronized Deque<T> idleLearners(K wanted) {
    if (!wanted.equals(key)) {
      key = wanted;
      idle = new ConcurrentLinkedDeque<>();
    }
    return idle;
  }
}
