package io.meanfield.learner;

import java.util.stream.Stream;

/**
 * Minibatches in the order of their steps, each in the same buffer: whoever takes one reads it
 * before taking the next.
 *
 * @param readAhead number of examples that a learner may take before their steps, to copy them to a
 *     GPU together
 */
public record Minibatches(Stream<Minibatch> stream, long readAhead) {
  /**
   * Returns minibatches of examples as they are stored: all of them may be taken before the steps.
   *
   * @param examples number of examples in all minibatches
   */
  public static Minibatches stored(Stream<Minibatch> stream, long examples) {
    return new Minibatches(stream, examples);
  }

  /**
   * Returns minibatches that take time to compute, as augmentation does: the CPU computes the next
   * one during the step of the previous one.
   */
  public static Minibatches computed(Stream<Minibatch> stream) {
    return new Minibatches(stream, 0);
  }

  /** Returns one minibatch. */
  public static Minibatches of(Minibatch batch) {
    return stored(Stream.of(batch), batch.size());
  }
}
