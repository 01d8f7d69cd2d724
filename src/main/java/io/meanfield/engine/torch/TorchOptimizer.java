package io.meanfield.engine.torch;

import io.meanfield.network.IndexRange;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.OptimizerLayout;
import io.meanfield.network.Parameter;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/**
 * The step of a network's optimizer as a few operations on flat tensors, in DL4J's order: divide
 * the summed gradients by the number of examples, clip them, add the gradient of the L2 penalty,
 * update the weights.
 */
final class TorchOptimizer {
  private final NetworkSettings network;
  private final TorchParameters weights;
  private final OptimizerLayout layout;
  private final Tensor[] state;
  private final Device device;
  private final List<TorchUpdateRule> trained;

  TorchOptimizer(NetworkSettings network, TorchParameters weights, Device device) {
    this.network = network;
    this.weights = weights;
    int vectors = network.optimizer().statePerWeight();
    this.layout = new OptimizerLayout(weights.layout(), vectors);
    this.state = new Tensor[vectors];
    Arrays.setAll(state, i -> LibTorch.zeros(device, weights.layout().size()));
    this.device = device;
    this.trained = weights.layout().trainedByLoss().stream().map(this::updateRule).toList();
  }

  /** Copies a flat state into the optimizer; an empty state resets the optimizer. */
  void restore(float[] flat) {
    if (flat.length == 0) {
      for (Tensor vector : state) {
        vector.fill_(ScalarCache.of(network.optimizer().freshState()));
      }
      return;
    }
    for (OptimizerLayout.Segment part : layout.segments(flat)) {
      LibTorch.write(flat, part.offset(), part.count(), state[part.vector()], part.weight());
    }
  }

  /** Returns a copy of the flat state. */
  float[] state() {
    float[] flat = new float[layout.size()];
    for (OptimizerLayout.Segment part : layout.segments(flat)) {
      LibTorch.read(state[part.vector()], part.weight(), flat, part.offset(), part.count());
    }
    return flat;
  }

  private TorchUpdateRule updateRule(IndexRange range) {
    Tensor[] own = new Tensor[state.length];
    Arrays.setAll(own, i -> narrow(state[i], range));
    return network
        .optimizer()
        .accept(
            new TorchUpdateRules(
                narrow(weights.values(), range), narrow(weights.gradients(), range), own, device));
  }

  private static Tensor narrow(Tensor flat, IndexRange range) {
    return flat.narrow(0, range.start(), range.size());
  }

  /** Updates the network's weights with the mean gradients of a minibatch. */
  void step(int iteration) {
    clip(weights.layout().parameters());
    addL2Gradient();
    double rate = network.learningRate(iteration);
    decay(weights.layout().parameters(), rate);
    trained.forEach(move -> move.apply(rate, iteration));
  }

  /** Updates the weights of one layer, without the L2 penalty. */
  void step(int layer, int iteration) {
    clip(weights.layout().of(layer));
    double rate = network.learningRate(iteration);
    decay(weights.layout().of(layer), rate);
    updateRule(weights.layout().range(layer)).apply(rate, iteration);
  }

  private void clip(List<Parameter> parameters) {
    boolean active = network.clipping().isActive();
    for (Parameter parameter : parameters) {
      if (active && parameter.kind().isClipped()) {
        network.clipping().accept(new TorchClipping(weights.gradients(parameter)));
      }
    }
  }

  // The derivative of l2 * w^2.
  private void addL2Gradient() {
    for (Parameter parameter : weights.layout().parameters()) {
      double l2 = network.layers().get(parameter.layer()).l2();
      if (l2 > 0 && parameter.kind().isPenalised()) {
        weights.gradients(parameter).add_(weights.values(parameter), ScalarCache.of(2 * l2));
      }
    }
  }

  private void decay(List<Parameter> parameters, double rate) {
    double share = rate * network.optimizer().weightDecay();
    for (Parameter parameter : parameters) {
      if (share > 0 && parameter.kind().isPenalised()) {
        weights.values(parameter).mul_(ScalarCache.of(1 - share));
      }
    }
  }
}
