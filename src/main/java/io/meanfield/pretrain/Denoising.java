package io.meanfield.pretrain;

/**
 * A denoising autoencoder with tied weights (Vincent et al. 2008, section 2.3): descends the
 * cross-entropy between an example and its reconstruction from a copy of which some inputs were set
 * to 0.
 */
final class Denoising implements LearningRule {
  private final TiedLayer layer;
  private final double corruption;
  private final float[] corrupted;
  private final float[] hidden;
  private final float[] hiddenDelta;
  private final float[] delta;

  Denoising(TiedLayer layer, double corruption) {
    this.layer = layer;
    this.corruption = corruption;
    this.corrupted = new float[layer.inputs()];
    this.hidden = new float[layer.units()];
    this.hiddenDelta = new float[layer.units()];
    this.delta = new float[layer.inputs()];
  }

  @Override
  public void add(float[] visible, long key, LayerStep step) {
    System.arraycopy(visible, 0, corrupted, 0, visible.length);
    Draws.drop(corrupted, corruption, key);
    layer.encode(corrupted, hidden);
    layer.decode(hidden, delta);
    for (int i = 0; i < delta.length; i++) {
      delta[i] = visible[i] - delta[i];
    }
    layer.multiply(delta, hiddenDelta);
    for (int unit = 0; unit < hidden.length; unit++) {
      hiddenDelta[unit] *= hidden[unit] * (1 - hidden[unit]);
    }
    // W is used twice, to encode and to decode, so its direction is a sum.
    step.addProduct(1, corrupted, hiddenDelta);
    step.addProduct(1, delta, hidden);
    step.addBiases(1, delta, hiddenDelta);
  }
}
