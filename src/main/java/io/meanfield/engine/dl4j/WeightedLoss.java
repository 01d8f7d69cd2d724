package io.meanfield.engine.dl4j;

import io.meanfield.learner.Minibatch;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * A loss whose gradient is multiplied, row by row, with the weights of a minibatch. DL4J's masks of
 * labels look like such weights, but it applies them twice where a network has one output, which
 * does no harm to masks.
 */
final class WeightedLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;
  private static final INDArray NONE = Nd4j.empty();

  private final ILossFunction loss;
  private transient INDArray weights = NONE;

  private WeightedLoss(ILossFunction loss) {
    this.loss = loss;
  }

  /** Puts itself in the place of the loss of {@code net}, in this process alone. */
  static WeightedLoss in(MultiLayerNetwork net) {
    BaseOutputLayer output = (BaseOutputLayer) net.getOutputLayer().conf().getLayer();
    WeightedLoss weighted = new WeightedLoss(output.getLossFn());
    output.setLossFn(weighted);
    return weighted;
  }

  /** From now on its gradients are of this minibatch. */
  void of(Minibatch batch) {
    weights =
        batch.isWeighted()
            ? Nd4j.create(
                Arrays.copyOf(batch.sampleWeights(), batch.size()),
                new int[] {batch.size(), 1},
                'c')
            : NONE;
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray sums, IActivation activation, INDArray mask) {
    INDArray gradient = loss.computeGradient(labels, sums, activation, mask);
    return weights.isEmpty() ? gradient : gradient.muliColumnVector(weights);
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray sums, IActivation activation, INDArray mask, boolean average) {
    return Pair.of(
        computeScore(labels, sums, activation, mask, average),
        computeGradient(labels, sums, activation, mask));
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray sums, IActivation activation, INDArray mask, boolean average) {
    return loss.computeScore(labels, sums, activation, mask, average);
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray sums, IActivation activation, INDArray mask) {
    return loss.computeScoreArray(labels, sums, activation, mask);
  }

  @Override
  public String name() {
    return loss.name();
  }
}
