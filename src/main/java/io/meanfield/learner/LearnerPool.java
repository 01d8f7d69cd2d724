package io.meanfield.learner;

import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A cache of the idle learners of this JVM. It saves the tens of milliseconds that building a
 * learner takes; a new learner and a used one give bit-identical results.
 *
 * @param <K> the network from which a learner is built
 * @param <T> the type of learner
 */
public final class LearnerPool<K, T> {
  private final BiFunction<K, Device, T> build;
  private final Map<Device, Deque<T>> idle = new HashMap<>();
  private K network;

  public LearnerPool(BiFunction<K, Device, T> build) {
    this.build = build;
  }

  /**
   * Calls {@code work} with a learner that was built from {@code wanted} for tasks with {@code
   * assigned}; returns the result.
   */
  public <R> R withLearner(K wanted, Device assigned, Function<T, R> work) {
    Deque<T> pool = idleLearners(wanted, assigned);
    T idleLearner = pool.poll();
    T learner = idleLearner == null ? build.apply(wanted, assigned) : idleLearner;
    R result = work.apply(learner);
    // Only after success: a learner that has thrown an exception may be in any state.
    pool.push(learner);
    return result;
  }

  // Keeps the learners of one network only, so that training another one frees their memory.
  private synchronized Deque<T> idleLearners(K wanted, Device assigned) {
    if (!wanted.equals(network)) {
      network = wanted;
      idle.clear();
    }
    return idle.computeIfAbsent(assigned, device -> new ConcurrentLinkedDeque<>());
  }
}
