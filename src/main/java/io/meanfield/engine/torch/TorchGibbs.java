package io.meanfield.engine.torch;

import io.meanfield.learner.GibbsNoise;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Rbm;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The conditional distributions of a restricted Boltzmann machine, and Gibbs sampling from them.
 */
final class TorchGibbs {
  private static final long[] UNIT_AXIS = {1};

  private final Rbm rbm;
  private final GibbsNoise noise;
  private final Tensor kernel;
  private final TensorOptional bias;
  private final Tensor visibleBias;
  private final TensorOptional optionalVisibleBias;
  private float[] drawn = new float[0];

  /**
   * Creates the distributions of a layer.
   *
   * @param kernel [units, inputs]
   */
  TorchGibbs(Rbm rbm, int number, Tensor kernel, Tensor bias, Tensor visibleBias) {
    this.rbm = rbm;
    this.noise = new GibbsNoise(number);
    this.kernel = kernel;
    this.bias = new TensorOptional(bias);
    this.visibleBias = visibleBias;
    this.optionalVisibleBias = new TensorOptional(visibleBias);
  }

  /** Returns the probabilities of the hidden units [size, units], given the visible ones. */
  Tensor hidden(Tensor visible) {
    return Activations.apply(Activation.SIGMOID, torch.linear(visible, kernel, bias));
  }

  /** Returns the means of the visible units [size, inputs], given the hidden ones. */
  Tensor visible(Tensor hidden) {
    return Activations.apply(
        rbm.visible().mean(), torch.linear(hidden, kernel.t(), optionalVisibleBias));
  }

  /** Returns the free energy of each example in double [size] (Hinton 2010, equation 26). */
  Tensor freeEnergy(Tensor visible) {
    Tensor ofHidden =
        torch
            .softplus(torch.linear(visible, kernel, bias))
            .to(torch.ScalarType.Double)
            .sum(UNIT_AXIS);
    Tensor ofVisible =
        switch (rbm.visible()) {
          case BINARY -> visible.mul(visibleBias).neg();
          case GAUSSIAN -> visible.sub(visibleBias).square().mul(ScalarCache.of(0.5));
        };
    return ofVisible.to(torch.ScalarType.Double).sum(UNIT_AXIS).sub(ofHidden);
  }

  /**
   * Returns samples of the visible units after {@code steps} Gibbs steps.
   *
   * @param start the visible units at the start of each chain [chains, inputs]
   * @param key of the random numbers
   */
  Tensor run(Tensor start, int steps, long key) {
    Tensor state = start;
    for (int step = 0; step < steps; step++) {
      Tensor hidden = bernoulli(hidden(state), key, 2 * step);
      Tensor mean = visible(hidden);
      state =
          switch (rbm.visible()) {
            case BINARY -> bernoulli(mean, key, 2 * step + 1);
            case GAUSSIAN -> mean.add(normal(mean, key, 2 * step + 1));
          };
    }
    return state;
  }

  private Tensor bernoulli(Tensor probabilities, long key, int draw) {
    int count = reserve(probabilities);
    noise.uniform(drawn, count, key, draw);
    return copy(probabilities).lt(probabilities).to(torch.ScalarType.Float);
  }

  private Tensor normal(Tensor mean, long key, int draw) {
    int count = reserve(mean);
    noise.normal(drawn, count, key, draw);
    return copy(mean);
  }

  private int reserve(Tensor like) {
    int count = Math.toIntExact(like.numel());
    if (drawn.length < count) {
      drawn = new float[count];
    }
    return count;
  }

  private Tensor copy(Tensor like) {
    Tensor numbers = LibTorch.zeros(like.device(), like.shape());
    LibTorch.write(drawn, numbers);
    return numbers;
  }
}
