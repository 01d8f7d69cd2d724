package io.meanfield.network;

import io.meanfield.network.dl4j.Dl4jLearner;
import java.util.function.Function;

/** The learners of this JVM. */
public final class Learners {
  private static final Pool<Architecture, Learner> POOL = new Pool<>(Dl4jLearner::new);

  private Learners() {}

  /** Lends a learner for {@code architecture} to {@code work}. */
  public static <T> T lend(Architecture architecture, Function<Learner, T> work) {
    return POOL.lend(architecture, work);
  }
}
