package io.meanfield.pretrain;

/**
 * Contrastive divergence with one Gibbs step, CD-1 (Hinton 2002): makes the example more probable,
 * and what the machine makes of it less. Samples drive the chain; probabilities enter the direction
 * (Hinton 2010, section 3).
 */
final class ContrastiveDivergence implements LearningRule {
  private final TiedLayer layer;
  private final float[] hidden;
  private final float[] sampled;
  private final float[] fantasy;

  ContrastiveDivergence(TiedLayer layer) {
    this.layer = layer;
    this.hidden = new float[layer.units()];
    this.sampled = new float[layer.units()];
    this.fantasy = new float[layer.inputs()];
  }

  @Override
  public void add(float[] visible, long key, LayerStep step) {
    layer.encode(visible, hidden);
    step.addProduct(1, visible, hidden);
    step.addBiases(1, visible, hidden);
    System.arraycopy(hidden, 0, sampled, 0, hidden.length);
    Draws.bernoulli(sampled, key, 0);
    layer.decode(sampled, fantasy);
    Draws.bernoulli(fantasy, key, 1);
    layer.encode(fantasy, hidden);
    step.addProduct(-1, fantasy, hidden);
    step.addBiases(-1, fantasy, hidden);
  }
}
