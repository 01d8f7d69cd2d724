package io.meanfield.engine.dl4j;

import io.meanfield.network.Loss;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.params.PretrainParamInitializer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * The gradient of the reconstruction loss of a denoising autoencoder with tied weights (Vincent et
 * al. 2008, section 2.3). DL4J's own gradient is that of a sigmoid with cross-entropy, for every
 * activation and loss.
 */
final class DenoisingGradient {
  private final INDArray w;
  private final INDArray biases;
  private final INDArray visibleBiases;
  private final Map<String, INDArray> gradients;
  private final IActivation activation;
  private final ILossFunction loss;

  /**
   * Creates the gradient of an autoencoder layer.
   *
   * @param loss of the reconstruction
   * @param layer of a network that has a vector of gradients, into which the gradient is written
   */
  DenoisingGradient(Loss loss, Layer layer) {
    this.w = layer.getParam(PretrainParamInitializer.WEIGHT_KEY);
    this.biases = layer.getParam(PretrainParamInitializer.BIAS_KEY);
    this.visibleBiases = layer.getParam(PretrainParamInitializer.VISIBLE_BIAS_KEY);
    BaseLayer config = (BaseLayer) layer.conf().getLayer();
    this.gradients =
        config.initializer().getGradientsFromFlattened(layer.conf(), layer.getGradientsViewArray());
    this.activation = config.getActivationFn();
    this.loss = Dl4jLosses.of(loss, Math.toIntExact(w.size(0)));
  }

  /**
   * Returns the gradients by DL4J's parameter names; they are views into the network's gradients.
   */
  Map<String, INDArray> gradients() {
    return gradients;
  }

  /**
   * Writes the gradients of the loss, summed over the examples, to {@link #gradients}.
   *
   * @param inputs [size, inputs]
   * @param corrupted the inputs with some of them set to 0, of the same shape
   * @return the reconstruction, of the same shape
   */
  INDArray compute(INDArray inputs, INDArray corrupted) {
    INDArray sums = corrupted.mmul(w).addiRowVector(biases);
    INDArray hidden = activation.getActivation(sums.dup(), true);
    INDArray visibleSums = hidden.mmul(w.transpose()).addiRowVector(visibleBiases);
    INDArray reconstruction = activation.getActivation(visibleSums.dup(), true);
    INDArray delta = loss.computeGradient(inputs, visibleSums, activation, null);
    INDArray hiddenDelta = activation.backprop(sums, delta.mmul(w)).getFirst();
    // W is used twice, in the encoder and in the decoder, so its gradient is a sum.
    INDArray gradient = gradients.get(PretrainParamInitializer.WEIGHT_KEY);
    Nd4j.gemm(corrupted, hiddenDelta, gradient, true, false, 1, 0);
    Nd4j.gemm(delta, hidden, gradient, true, false, 1, 1);
    hiddenDelta.sum(gradients.get(PretrainParamInitializer.BIAS_KEY), 0);
    delta.sum(gradients.get(PretrainParamInitializer.VISIBLE_BIAS_KEY), 0);
    return reconstruction;
  }
}
