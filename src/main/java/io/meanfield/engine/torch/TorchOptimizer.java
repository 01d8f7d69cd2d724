package io.meanfield.engine.torch;

import io.meanfield.network.GradientClipping;
import io.meanfield.network.IndexRange;
import io.meanfield.network.Layer;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.OptimizerLayout;
import io.meanfield.network.Parameter;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * The step of a network's optimizer as a few operations on flat tensors, in DL4J's order: divide
 * the summed gradients by the examples, clip them, add the L2 penalty's, move the weights.
 */
final class TorchOptimizer {
  private final NetworkSettings network;
  private final TorchParameters weights;
  private final OptimizerLayout layout;
  private final Tensor[] state;
  private final Device device;
  private final List<UpdateRule> trained;

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

  /** Takes over a flat state; an empty one is a fresh optimizer. */
  void restore(float[] flat) {
    if (flat.length == 0) {
      for (Tensor vector : state) {
        vector.fill_(ScalarCache.of(fresh()));
      }
      return;
    }
    for (OptimizerLayout.Segment part : layout.segments(flat)) {
      LibTorch.write(flat, part.offset(), part.count(), state[part.vector()], part.weight());
    }
  }

  // DL4J's mean of squares begins at epsilon.
  private double fresh() {
    return network.optimizer() instanceof Optimizer.RmsProp rms ? rms.epsilon() : 0;
  }

  /** A copy of the flat state. */
  float[] state() {
    float[] flat = new float[layout.size()];
    for (OptimizerLayout.Segment part : layout.segments(flat)) {
      LibTorch.read(state[part.vector()], part.weight(), flat, part.offset(), part.count());
    }
    return flat;
  }

  /** Moves neighbours in the flat tensors. */
  private interface UpdateRule {
    void apply(double rate, int iteration);
  }

  private UpdateRule updateRule(IndexRange range) {
    Tensor values = narrow(weights.values(), range);
    Tensor gradients = narrow(weights.gradients(), range);
    Tensor[] own = new Tensor[state.length];
    Arrays.setAll(own, i -> narrow(state[i], range));
    Optimizer optimizer = network.optimizer();
    if (optimizer instanceof Optimizer.Sgd sgd) {
      return (rate, iteration) -> sgd(sgd, values, gradients, own, rate);
    }
    if (optimizer instanceof Optimizer.RmsProp rms) {
      return (rate, iteration) -> rmsProp(rms, values, gradients, own[0], rate);
    }
    if (optimizer instanceof Optimizer.AdamW adam) {
      return new FusedAdam(
              values, gradients, own, device, adam.beta1(), adam.beta2(), adam.epsilon())
          ::step;
    }
    Optimizer.Adam adam = (Optimizer.Adam) optimizer;
    return new FusedAdam(values, gradients, own, device, adam.beta1(), adam.beta2(), adam.epsilon())
        ::step;
  }

  private static Tensor narrow(Tensor flat, IndexRange range) {
    return flat.narrow(0, range.start(), range.size());
  }

  /** Moves the network's weights by the gradients of one minibatch, the mean of its examples'. */
  void step(int iteration) {
    clip(weights.layout().parameters());
    addL2Gradient();
    double rate = network.learningRate(iteration);
    decay(weights.layout().parameters(), rate);
    trained.forEach(move -> move.apply(rate, iteration));
  }

  /** Likewise those of one layer that has no penalty. */
  void step(int layer, int iteration) {
    clip(weights.layout().of(layer));
    double rate = network.learningRate(iteration);
    decay(weights.layout().of(layer), rate);
    updateRule(weights.layout().range(layer)).apply(rate, iteration);
  }

  private void clip(List<Parameter> parameters) {
    if (network.clipping() instanceof GradientClipping.Value value) {
      for (Parameter parameter : clipped(parameters)) {
        weights.gradients(parameter).clamp_(bound(-value.limit()), bound(value.limit()));
      }
    } else if (network.clipping() instanceof GradientClipping.Norm norm) {
      for (Parameter parameter : clipped(parameters)) {
        Tensor gradient = weights.gradients(parameter);
        double length = gradient.norm().item_float();
        if (length > norm.limit()) {
          gradient.mul_(ScalarCache.of(norm.limit() / length));
        }
      }
    }
  }

  private static ScalarOptional bound(double limit) {
    return new ScalarOptional(ScalarCache.of(limit));
  }

  private List<Parameter> clipped(List<Parameter> parameters) {
    return parameters.stream()
        .filter(p -> !(layer(p) instanceof Layer.BatchNormalization))
        .toList();
  }

  private Layer layer(Parameter parameter) {
    return network.layers().get(parameter.layer());
  }

  // The derivative of l2 * w^2.
  private void addL2Gradient() {
    for (Parameter parameter : weights.layout().parameters()) {
      double l2 = parameter.kind().isKernel() ? layer(parameter).l2() : 0;
      if (l2 > 0) {
        weights.gradients(parameter).add_(weights.values(parameter), ScalarCache.of(2 * l2));
      }
    }
  }

  private void decay(List<Parameter> parameters, double rate) {
    if (!(network.optimizer() instanceof Optimizer.AdamW adam)) {
      return;
    }
    double share = rate * adam.weightDecay();
    for (Parameter parameter : parameters) {
      if (parameter.kind().isKernel()) {
        weights.values(parameter).mul_(ScalarCache.of(1 - share));
      }
    }
  }

  private static void sgd(
      Optimizer.Sgd sgd, Tensor values, Tensor gradients, Tensor[] own, double rate) {
    if (sgd.momentum() == 0) {
      values.sub_(gradients, ScalarCache.of(rate));
      return;
    }
    Tensor velocity = own[0];
    velocity.mul_(ScalarCache.of(sgd.momentum())).sub_(gradients, ScalarCache.of(rate));
    if (sgd.nesterov()) {
      values.add_(velocity, ScalarCache.of(sgd.momentum())).sub_(gradients, ScalarCache.of(rate));
    } else {
      values.add_(velocity);
    }
  }

  private static void rmsProp(
      Optimizer.RmsProp rms, Tensor values, Tensor gradients, Tensor squares, double rate) {
    // In 32 bits, as DL4J takes it: 1 - 0.9f is not 0.1f.
    float rho = (float) rms.rho();
    squares.mul_(ScalarCache.of(rho)).addcmul_(gradients, gradients, ScalarCache.of(1 - rho));
    values.addcdiv_(
        gradients, squares.sqrt().add_(ScalarCache.of(rms.epsilon())), ScalarCache.of(-rate));
  }
}
