package io.meanfield.learner;

import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A cache of the idle learners of this JVM. It saves the tens of milliseconds that building a
 * learner takes; a new learner and a used one give bit-identical results.
 *
 * @param <K> the network from which a learner is built
 * @param <T> the type of learner
 */
public final class LearnerPool<K, T> {
  private final UnaryOperator<K> family;
  private final BiFunction<K, Device, T> build;
  private final Map<K, Map<Device, Deque<T>>> idle = new HashMap<>();

  /**
   * Creates a pool.
   *
   * @param family returns equal objects for the networks whose learners stay in the pool together
   */
  public LearnerPool(UnaryOperator<K> family, BiFunction<K, Device, T> build) {
    this.family = family;
    this.build = build;
  }

  /**
   * Calls {@code work} with a learner that was built from {@code wanted} for tasks with {@code
   * assigned}; returns the result.
   */
  public <R> R withLearner(K wanted, Device assigned, Function<T, R> work) {
    Deque<T> pool = idleLearners(wanted, assigned);
    T learner = Optional.ofNullable(pool.poll()).orElseGet(() -> build.apply(wanted, assigned));
    R result = work.apply(learner);
    // Only after success: a learner that has thrown an exception may be in any state.
    pool.push(learner);
    return result;
  }

  // Keeps the learners of one family only, so that training another network frees their memory.
  private synchronized Deque<T> idleLearners(K wanted, Device assigned) {
    if (!idle.containsKey(wanted)) {
      idle.keySet().removeIf(other -> !family.apply(other).equals(family.apply(wanted)));
      idle.put(wanted, new HashMap<>());
    }
    return idle.get(wanted).computeIfAbsent(assigned, device -> new ConcurrentLinkedDeque<>());
  }
}
