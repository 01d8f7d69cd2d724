package io.meanfield.engine.torch;

import io.meanfield.learner.EnergyResult;
import io.meanfield.learner.GibbsNoise;
import io.meanfield.learner.StepResult;
import io.meanfield.network.Loss;
import io.meanfield.network.layers.VisibleUnits;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Scores a restricted Boltzmann machine on examples.
 *
 * @param noise selects the unit of each example whose conditional probability is computed
 */
record TorchEnergy(VisibleUnits kind, TorchGibbs gibbs, GibbsNoise noise) {
  private static final float HALF = 0.5f;

  /**
   * Returns the scores of examples.
   *
   * @param inputs [size, inputs]
   * @param key of the noise
   * @param loss of the reconstruction
   */
  EnergyResult of(Tensor inputs, long key, Loss loss) {
    int size = Math.toIntExact(inputs.size(0));
    float[] expected = LibTorch.read(inputs);
    float[] found = LibTorch.read(gibbs.visible(gibbs.hidden(inputs)));
    return new EnergyResult(
        size,
        gibbs.freeEnergy(inputs).sum().item_double(),
        StepResult.ofAutoencoder(loss, found, expected, size).lossSum(),
        switch (kind) {
          case BINARY -> pseudoLogLikelihood(inputs, expected, key);
          case GAUSSIAN -> Double.NaN;
        });
  }

  /** Rounds the inputs to 0 or 1, the only values of binary units, and flips one unit of each. */
  private double pseudoLogLikelihood(Tensor inputs, float[] values, long key) {
    int width = Math.toIntExact(inputs.size(1));
    float[] binary = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      binary[i] = values[i] >= HALF ? 1 : 0;
    }
    float[] flipped = binary.clone();
    for (int row = 0; row < values.length / width; row++) {
      int unit = row * width + noise.unit(width, key, row);
      flipped[unit] = 1 - flipped[unit];
    }
    Tensor difference =
        gibbs.freeEnergy(like(inputs, flipped)).sub(gibbs.freeEnergy(like(inputs, binary)));
    return width * torch.log_sigmoid(difference).sum().item_double();
  }

  private static Tensor like(Tensor inputs, float[] values) {
    Tensor copy = LibTorch.zeros(inputs.device(), inputs.shape());
    LibTorch.write(values, copy);
    return copy;
  }
}
