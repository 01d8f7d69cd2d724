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
 * A loss whose gradient is multiplied, row by row, by the weights of a minibatch; its score is not.
 * DL4J's label masks cannot hold the weights: DL4J applies a mask twice if the network has one
 * output, which is harmless only for zeros and ones.
 */
final class WeightedLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;
  private static final INDArray NONE = Nd4j.empty();

  private final ILossFunction loss;
  private transient INDArray weights = NONE;

  private WeightedLoss(ILossFunction loss) {
    this.loss = loss;
  }

  /**
   * Replaces the loss of an initialised network by a weighted one, and returns it. The network's
   * configuration then names a class that plain DL4J lacks, so it must not be saved.
   */
  static WeightedLoss installIn(MultiLayerNetwork net) {
    BaseOutputLayer output = (BaseOutputLayer) net.getOutputLayer().conf().getLayer();
    WeightedLoss weighted = new WeightedLoss(output.getLossFn());
    output.setLossFn(weighted);
    return weighted;
  }

  /**
   * Takes over the weights of the rows of {@code batch}, by which later gradients are multiplied.
   */
  void setWeights(Minibatch batch) {
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
