package io.meanfield.engine.torch;

import io.meanfield.engine.torch.tensor.LibTorch;
import io.meanfield.engine.torch.tensor.ScalarCache;
import io.meanfield.engine.torch.tensor.TorchParameters;
import io.meanfield.network.IndexRange;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.OptimizerLayout;
import io.meanfield.network.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/**
 * The step of a network's optimizer as a few operations on flat tensors, in DL4J's order: clip the
 * mean gradients, add the gradient of the L2 penalty, update the weights. AdamW decays the weights
 * before the update.
 */
final class TorchOptimizer {
  private final NetworkSettings network;
  private final TorchParameters weights;
  private final OptimizerLayout layout;
  private final Tensor[] state;
  private final Device device;
  private final List<Group> groups = new ArrayList<>();

  /**
   * The step of neighbouring weights whose learning rate has the same factor, all of which decay or
   * none.
   */
  private record Group(double rateFactor, boolean decays, Rule rule) {}

  /** The update of a contiguous range of the flat weights. */
  private interface Rule {
    /**
     * Updates the weights with the mean gradients of one minibatch.
     *
     * @param rate the scheduled learning rate
     * @param decay the fraction of the weights that is subtracted before the update; 0 for all
     *     optimizers but AdamW
     * @param iteration minibatches before this one
     */
    void apply(double rate, double decay, int iteration);
  }

  TorchOptimizer(NetworkSettings network, TorchParameters weights, Device device) {
    this.network = network;
    this.weights = weights;
    int vectors = network.optimizer().statePerWeight();
    this.layout = new OptimizerLayout(weights.layout(), vectors);
    this.state = new Tensor[vectors];
    Arrays.setAll(state, i -> LibTorch.zeros(device, weights.layout().size()));
    this.device = device;
    addGroups();
  }

  /**
   * Copies a flat state into the optimizer; an empty state resets the optimizer.
   *
   * @throws IllegalArgumentException if a state that is not empty has the wrong length
   */
  void restore(float[] flat) {
    if (flat.length == 0) {
      for (Tensor vector : state) {
        vector.fill_(ScalarCache.of(network.optimizer().freshState()));
      }
      return;
    }
    for (OptimizerLayout.Segment segment : layout.segments(flat)) {
      LibTorch.write(
          flat, segment.offset(), segment.count(), state[segment.vector()], segment.weight());
    }
  }

  /** Returns a copy of the flat state. */
  float[] state() {
    float[] flat = new float[layout.size()];
    for (OptimizerLayout.Segment segment : layout.segments(flat)) {
      LibTorch.read(
          state[segment.vector()], segment.weight(), flat, segment.offset(), segment.count());
    }
    return flat;
  }

  private void addGroups() {
    List<Parameter> parameters = weights.layout().parameters();
    int first = 0;
    for (int i = 1; i <= parameters.size(); i++) {
      double factor = rateFactor(parameters.get(first));
      boolean decays = decays(parameters.get(first));
      if (i == parameters.size()
          || rateFactor(parameters.get(i)) != factor
          || decays(parameters.get(i)) != decays) {
        IndexRange range =
            new IndexRange(parameters.get(first).offset(), parameters.get(i - 1).end());
        groups.add(new Group(factor, decays, updateRule(range)));
        first = i;
      }
    }
  }

  private double rateFactor(Parameter parameter) {
    return network
        .optimizer()
        .rateFactor(network.layers().get(parameter.layer()), parameter.spec());
  }

  private boolean decays(Parameter parameter) {
    return network.optimizer().weightDecay() > 0 && parameter.kind().isPenalised();
  }

  private Rule updateRule(IndexRange range) {
    Tensor[] rangeState = new Tensor[state.length];
    Arrays.setAll(rangeState, i -> narrow(state[i], range));
    return network
        .optimizer()
        .accept(
            new Rules(
                narrow(weights.values(), range),
                narrow(weights.gradients(), range),
                rangeState,
                device));
  }

  private static Tensor narrow(Tensor flat, IndexRange range) {
    return flat.narrow(0, range.start(), range.size());
  }

  /**
   * Updates the weights with the mean gradients of a minibatch.
   *
   * @param iteration minibatches before this one
   */
  void step(int iteration) {
    clip(weights.layout().parameters());
    addL2Gradient(weights.layout().parameters());
    double rate = network.learningRate(iteration);
    // Loshchilov and Hutter 2019, algorithm 2.
    double decay = rate * network.optimizer().weightDecay();
    for (Group group : groups) {
      group.rule().apply(rate * group.rateFactor(), group.decays() ? decay : 0, iteration);
    }
  }

  private void clip(List<Parameter> parameters) {
    for (Parameter parameter : parameters) {
      if (network.clipNorm() > 0 && parameter.kind().isClipped()) {
        clip(weights.gradients(parameter));
      }
    }
  }

  private void clip(Tensor gradient) {
    double found = gradient.norm().item_float();
    if (found > network.clipNorm()) {
      gradient.mul_(ScalarCache.of(network.clipNorm() / found));
    }
  }

  private void addL2Gradient(List<Parameter> parameters) {
    for (Parameter parameter : parameters) {
      double l2 = network.layers().get(parameter.layer()).l2();
      if (l2 > 0 && parameter.kind().isPenalised()) {
        weights.gradients(parameter).add_(weights.values(parameter), ScalarCache.of(2 * l2));
      }
    }
  }

  /**
   * Creates the step of each optimizer, as a few operations on flat tensors.
   *
   * @param values a range of the flat weights, which the step changes
   * @param gradients of the values
   * @param state a vector as long as the values for each of {@link Optimizer#statePerWeight}
   */
  private record Rules(Tensor values, Tensor gradients, Tensor[] state, Device device)
      implements Optimizer.Visitor<Rule> {
    @Override
    public Rule sgd(Optimizer.Sgd sgd) {
      return sgd.momentum() == 0
          ? (rate, decay, iteration) -> values.sub_(gradients, ScalarCache.of(rate))
          : (rate, decay, iteration) -> momentum(sgd, rate);
    }

    private void momentum(Optimizer.Sgd sgd, double rate) {
      Tensor velocity = state[0];
      velocity.mul_(ScalarCache.of(sgd.momentum())).sub_(gradients, ScalarCache.of(rate));
      if (sgd.nesterov()) {
        values.add_(velocity, ScalarCache.of(sgd.momentum())).sub_(gradients, ScalarCache.of(rate));
      } else {
        values.add_(velocity);
      }
    }

    @Override
    public Rule rmsProp(Optimizer.RmsProp rms) {
      // In 32 bits, as in DL4J: 1 - 0.9f is not 0.1f.
      float rho = (float) Optimizer.RmsProp.RHO;
      Tensor squares = state[0];
      return (rate, decay, iteration) -> {
        squares.mul_(ScalarCache.of(rho)).addcmul_(gradients, gradients, ScalarCache.of(1 - rho));
        values.addcdiv_(
            gradients, squares.sqrt().add_(ScalarCache.of(rms.epsilon())), ScalarCache.of(-rate));
      };
    }

    @Override
    public Rule adam(Optimizer.Adam adam) {
      return fusedAdam(adam.beta1(), adam.beta2(), adam.epsilon());
    }

    @Override
    public Rule adamW(Optimizer.AdamW adam) {
      return fusedAdam(adam.beta1(), adam.beta2(), adam.epsilon());
    }

    private Rule fusedAdam(double beta1, double beta2, double epsilon) {
      return new FusedAdam(values, gradients, state, device, beta1, beta2, epsilon)::step;
    }
  }
}
