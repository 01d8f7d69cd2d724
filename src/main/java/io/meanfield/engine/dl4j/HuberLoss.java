package io.meanfield.engine.dl4j;

import io.meanfield.network.Loss;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The Huber loss, which DL4J lacks: the mean over the outputs of {@code e^2 / 2} up to an error of
 * delta, and {@code delta (|e| - delta / 2)} beyond. It accepts no mask.
 */
final class HuberLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray sums, IActivation activation, INDArray mask) {
    INDArray errors = activation.getActivation(sums.dup(), true).subi(labels);
    INDArray gradient =
        Transforms.max(Transforms.min(errors, Loss.HUBER_DELTA, false), -Loss.HUBER_DELTA, false)
            .divi(labels.size(1));
    return activation.backprop(sums, gradient).getFirst();
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
    double sum = computeScoreArray(labels, sums, activation, mask).sumNumber().doubleValue();
    return average ? sum / labels.size(0) : sum;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray sums, IActivation activation, INDArray mask) {
    float[] outputs = NativeFloats.read(activation.getActivation(sums.dup('c'), true));
    float[] targets = NativeFloats.read(labels.dup('c'));
    int width = Math.toIntExact(labels.size(1));
    float[] losses = new float[outputs.length / width];
    for (int row = 0; row < losses.length; row++) {
      losses[row] = (float) Loss.HUBER.of(outputs, targets, row * width, width);
    }
    return Nd4j.create(losses, new int[] {losses.length, 1}, 'c');
  }

  @Override
  public String name() {
    return "HuberLoss";
  }
}
