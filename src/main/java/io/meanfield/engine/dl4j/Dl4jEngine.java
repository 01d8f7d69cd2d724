package io.meanfield.engine.dl4j;

import io.meanfield.learner.Learner;
import io.meanfield.network.Activation;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import java.util.Optional;
import java.util.stream.IntStream;

/** The reference engine: what it can run, and the learners that do. */
public final class Dl4jEngine {
  private Dl4jEngine() {}

  /** Why it cannot train {@code network}; nothing if it can. */
  public static Optional<String> unsupportedReason(NetworkSettings network) {
    if (network.optimizer() instanceof Optimizer.Sgd sgd && sgd.momentum() > 0 && !sgd.nesterov()) {
      return Optional.of("network.optimizer has momentum without nesterov, which DL4J lacks");
    }
    return IntStream.range(0, network.layers().size())
        .filter(layer -> network.layers().get(layer).activation() == Activation.GELU)
        .mapToObj(
            layer -> "network.layers[" + layer + "] has gelu, which DL4J computes as another curve")
        .findFirst();
  }

  /** A learner for {@code network}. */
  public static Learner learner(NetworkSettings network) {
    return DenseLearner.supports(network) ? new DenseLearner(network) : new Dl4jLearner(network);
  }
}
