package io.meanfield.engine.torch;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.learner.EnergyResult;
import io.meanfield.learner.GibbsNoise;
import io.meanfield.network.Loss;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.ContrastiveDivergence;
import io.meanfield.network.layers.ParameterKind;
import io.meanfield.network.layers.Rbm;
import io.meanfield.network.layers.VisibleUnits;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A restricted Boltzmann machine: a dense layer of sigmoid units whose weights learn by contrastive
 * divergence (Hinton 2002; Tieleman 2008).
 */
@SuppressWarnings("try") // the scope variable is never used
final class TorchRbm implements PretrainedLayer {
  private final Rbm rbm;
  private final int number;
  private final boolean last;
  private final Tensor kernel;
  private final TensorOptional bias;
  private final Tensor kernelGradient;
  private final Tensor biasGradient;
  private final Tensor visibleBiasGradient;
  private final TorchGibbs gibbs;
  private float[] chains = new float[0];

  /**
   * Creates a layer on views of the weights.
   *
   * @param last whether the layer is the last one, whose outputs are its sums
   */
  TorchRbm(Rbm rbm, int number, boolean last, TorchParameters weights) {
    this.rbm = rbm;
    this.number = number;
    this.last = last;
    this.kernel = weights.kernel(number, ParameterKind.KERNEL);
    Tensor hiddenBias = weights.vector(number, ParameterKind.BIAS);
    this.bias = new TensorOptional(hiddenBias);
    Tensor visibleBias = weights.vector(number, ParameterKind.RECONSTRUCTION_BIAS);
    this.kernelGradient = kernel.grad();
    this.biasGradient = hiddenBias.grad();
    this.visibleBiasGradient = visibleBias.grad();
    this.gibbs = new TorchGibbs(rbm, number, kernel, hiddenBias, visibleBias);
  }

  @Override
  public Tensor forward(Tensor input, ForwardContext pass) {
    Tensor sums = torch.linear(input, kernel, bias);
    return last ? sums : Activations.apply(Activation.SIGMOID, sums);
  }

  @Override
  public void restart() {
    chains = new float[0];
  }

  /**
   * Adds the gradients of contrastive divergence, which are those of the negative log-likelihood
   * with the states of the chains in place of the model's distribution.
   */
  @Override
  public Tensor addGradients(Tensor inputs, ForwardContext pass) {
    try (NoGradGuard guard = new NoGradGuard()) {
      requireProbabilities(inputs);
      Tensor hidden = gibbs.hidden(inputs);
      add(inputs, hidden, -1);
      Tensor fantasies = gibbs.run(start(inputs), rbm.steps(), pass.key());
      add(fantasies, gibbs.hidden(fantasies), 1);
      keep(fantasies);
      return gibbs.visible(hidden);
    }
  }

  // The inputs of later layers are probabilities, too, or outputs of layers that the user chose.
  private void requireProbabilities(Tensor inputs) {
    if (number > 0 || rbm.visible() != VisibleUnits.BINARY) {
      return;
    }
    float least = inputs.min().item_float();
    float most = inputs.max().item_float();
    if (least < 0 || most > 1) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          "network.layers[0] is an rbm with visible = binary and needs inputs from 0 to 1, found "
              + (least < 0 ? least : most)
              + "; set visible = gaussian, or scale the data to this range (tables:"
              + " data.columns.scale)");
    }
  }

  private void add(Tensor visible, Tensor hidden, int sign) {
    double factor = sign / (double) visible.size(0);
    kernelGradient.add_(hidden.t().mm(visible), ScalarCache.of(factor));
    biasGradient.add_(hidden.sum(0), ScalarCache.of(factor));
    visibleBiasGradient.add_(visible.sum(0), ScalarCache.of(factor));
  }

  private Tensor start(Tensor inputs) {
    if (chains.length == 0) {
      return inputs;
    }
    long width = inputs.size(1);
    Tensor start = LibTorch.zeros(inputs.device(), chains.length / width, width);
    LibTorch.write(chains, start);
    return start;
  }

  private void keep(Tensor fantasies) {
    if (rbm.algorithm() == ContrastiveDivergence.PCD) {
      chains = new float[Math.toIntExact(fantasies.numel())];
      LibTorch.read(fantasies, chains);
    }
  }

  /**
   * Returns the scores of examples.
   *
   * @param inputs [size, inputs]
   * @param key of the units whose conditional probability is computed
   */
  EnergyResult energy(Tensor inputs, long key, Loss loss) {
    return new TorchEnergy(rbm.visible(), gibbs, new GibbsNoise(number)).of(inputs, key, loss);
  }
}
