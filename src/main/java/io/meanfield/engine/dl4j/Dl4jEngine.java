package io.meanfield.engine.dl4j;

import io.meanfield.learner.Learner;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.ColumnEmbeddings;
import io.meanfield.network.layers.Layer;
import io.meanfield.network.layers.PiecewiseLinear;
import io.meanfield.network.layers.Scaling;
import java.util.Optional;
import java.util.stream.IntStream;

/** The reference engine: names the settings that DL4J does not support, and creates learners. */
public final class Dl4jEngine {
  private Dl4jEngine() {}

  /**
   * Returns the reason why the engine cannot train {@code network}, a clause that names the
   * setting; empty if it can.
   */
  public static Optional<String> unsupportedReason(NetworkSettings network) {
    if (network.optimizer() instanceof Optimizer.Sgd sgd && sgd.momentum() > 0 && !sgd.nesterov()) {
      return Optional.of("network.optimizer has momentum without nesterov, which DL4J lacks");
    }
    if (network.optimizer() instanceof Optimizer.AdamW adam && adam.scaleByFanIn()) {
      return Optional.of("network.optimizer.scale-by-fan-in is true, which DL4J lacks");
    }
    return switch (network.loss().kind()) {
      case HUBER, PINBALL ->
          Optional.of("network.loss is %s, which DL4J lacks".formatted(network.loss().id()));
      case CATEGORICAL_CROSSENTROPY, BINARY_CROSSENTROPY, MSE, MAE -> unsupportedLayer(network);
    };
  }

  /** Returns the reason why DL4J computes other outputs, a clause; empty if it does not. */
  private static Optional<String> unsupportedLayer(NetworkSettings network) {
    return IntStream.range(0, network.layers().size())
        .mapToObj(layer -> unsupportedReason(network, layer))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> unsupportedReason(NetworkSettings network, int layer) {
    Layer found = network.layers().get(layer);
    if (found instanceof ColumnEmbeddings
        || found instanceof PiecewiseLinear
        || found instanceof Scaling) {
      return Optional.of(
          "network.layers[%s] is %s, for which DL4J's MultiLayerNetwork has no layer"
              .formatted(layer, found.display()));
    }
    return switch (found.activation()) {
      case GELU ->
          Optional.of(
              "network.layers[%s].activation is gelu, for which DL4J has a different formula"
                  .formatted(layer));
      case RELU, LEAKY_RELU, ELU, MISH, SELU, SIGMOID, TANH, SOFTMAX, LINEAR -> Optional.empty();
    };
  }

  /** Returns a learner for {@code network}. */
  public static Learner learner(NetworkSettings network) {
    return new Dl4jLearner(network);
  }
}
