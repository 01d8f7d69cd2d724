package io.meanfield.engine.dl4j;

import io.meanfield.learner.DropoutMask;
import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.learner.StepResult;
import io.meanfield.network.IndexRange;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Loss;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.ParameterLayout;
import io.meanfield.network.layers.Layer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * The reference learner for any network: DL4J's own {@code MultiLayerNetwork.fit} at the scheduled
 * learning rate, with the gradients multiplied by the weights of the examples. Random numbers for
 * dropout come from ND4J's generator of the calling thread, which {@link #fit} seeds with the key
 * of the minibatch.
 */
final class Dl4jLearner implements Learner {
  private final NetworkSettings network;
  private final int[] layerNumbers;
  private final MultiLayerNetwork net;
  private final Dl4jStateAdapter state;
  private final WeightedLoss loss;
  private final List<IUpdater> updaters;
  private final ParameterLayout layout;

  Dl4jLearner(NetworkSettings network) {
    NativeThreads.useSingle();
    this.network = network;
    this.layerNumbers = Dl4jNetwork.layerNumbers(network);
    this.layout = ParameterLayout.of(network);
    this.net = new MultiLayerNetwork(Dl4jNetwork.configuration(network));
    net.init();
    this.state = new Dl4jStateAdapter(net);
    this.loss = WeightedLoss.installIn(net, network.loss());
    this.updaters =
        Arrays.stream(net.getLayers()).flatMap(layer -> updaters(layer.conf().getLayer())).toList();
  }

  private static Stream<IUpdater> updaters(org.deeplearning4j.nn.conf.layers.Layer layer) {
    org.deeplearning4j.nn.conf.layers.Layer inner =
        layer instanceof BaseWrapperLayer wrapper ? wrapper.getUnderlying() : layer;
    return inner instanceof BaseLayer base
        ? Stream.of(base.getIUpdater(), base.getBiasUpdater())
            .filter(updater -> updater != null && updater.hasLearningRate())
        : Stream.of();
  }

  @Override
  public void restore(LearnerState from) {
    state.restore(from);
  }

  @Override
  public LearnerState state() {
    return state.state();
  }

  @Override
  public StepResult fit(Minibatch batch) {
    INDArray features = features(batch);
    INDArray targets = Dl4jFeatures.matrix(batch.targets(), batch.size(), network.outputs());
    setLearningRate();
    Nd4j.getRandom().setSeed(batch.key());
    float[] outputs = rowMajor(net.output(features, true));
    Nd4j.getRandom().setSeed(batch.key()); // fit draws the same random numbers as output
    loss.setWeights(batch);
    net.fit(features, targets);
    return StepResult.of(network.loss(), outputs, batch);
  }

  @Override
  public StepResult pretrain(int layer, Minibatch batch) {
    Layer autoencoder = network.layers().get(layer);
    double corruption = autoencoder.pretrainingCorruption().orElseThrow();
    Loss lossOfLayer = Loss.ofReconstruction(autoencoder.activation());
    INDArray inputs = encodeUpTo(layer, features(batch));
    DenoisingGradient denoising = denoisingGradient(layer, lossOfLayer);
    INDArray reconstruction =
        denoising.compute(inputs, corrupt(inputs, corruption, batch.key(), layer));
    Gradient gradient = new DefaultGradient(net.getFlattenedGradients());
    denoising
        .gradients()
        .forEach(
            (name, values) -> gradient.setGradientFor(layerNumbers[layer] + "_" + name, values));
    setLearningRate();
    gradientsToSteps(gradient, batch.size());
    // Only this layer takes its step: DL4J also computes steps for the others, which with a penalty
    // or moments are not 0.
    slice(layer, net.params()).subi(slice(layer, net.getFlattenedGradients()));
    net.setIterationCount(net.getIterationCount() + 1);
    return StepResult.ofAutoencoder(
        lossOfLayer, rowMajor(reconstruction), rowMajor(inputs), batch.size());
  }

  /** Replaces the gradients, summed over {@code size} examples, by the optimizer's steps. */
  private void gradientsToSteps(Gradient gradient, int size) {
    int iteration = net.getIterationCount();
    int epoch = net.getEpochCount();
    optimizer().update(net, gradient, iteration, epoch, size, LayerWorkspaceMgr.noWorkspaces());
    // DL4J's update of a network skips the biases of reconstructions.
    optimizer().getUpdaterBlocks().stream()
        .filter(UpdaterBlock::isPretrainUpdaterBlock)
        .forEach(block -> block.update(iteration, epoch));
  }

  private BaseMultiLayerUpdater<?> optimizer() {
    return (BaseMultiLayerUpdater<?>) net.getUpdater();
  }

  private DenoisingGradient denoisingGradient(int layer, Loss lossOfLayer) {
    if (net.getFlattenedGradients() == null) {
      net.initGradientsView();
    }
    net.getFlattenedGradients().assign(0);
    return new DenoisingGradient(lossOfLayer, net.getLayer(layerNumbers[layer]));
  }

  /**
   * Returns the input of {@code layer}, [size, inputs of the layer]. The layers below compute it as
   * in prediction, without dropout, because they are not trained in this step.
   */
  private INDArray encodeUpTo(int layer, INDArray features) {
    int number = layerNumbers[layer];
    if (number == 0) {
      return features;
    }
    INDArray outputs = net.feedForwardToLayer(number - 1, features, false).get(number);
    InputPreProcessor preProcessor = net.getLayerWiseConfigurations().getInputPreProcess(number);
    return preProcessor == null
        ? outputs
        : preProcessor.preProcess(
            outputs, Math.toIntExact(outputs.size(0)), LayerWorkspaceMgr.noWorkspaces());
  }

  private static INDArray corrupt(INDArray inputs, double corruption, long key, int layer) {
    float[] factors = new float[Math.toIntExact(inputs.length())];
    DropoutMask.draw(factors, factors.length, corruption, 1, key, layer);
    return inputs.mul(Nd4j.create(factors, inputs.shape(), 'c'));
  }

  /** Returns a view of the layer's part of a flat vector as long as the weights. */
  private INDArray slice(int layer, INDArray vector) {
    IndexRange range = layout.range(layer);
    return vector.reshape(vector.length()).get(NDArrayIndex.interval(range.start(), range.end()));
  }

  @Override
  public void predict(Minibatch batch, float[] target) {
    float[] outputs = rowMajor(net.output(features(batch), false));
    System.arraycopy(outputs, 0, target, 0, outputs.length);
  }

  private void setLearningRate() {
    double rate = network.learningRate(net.getIterationCount());
    updaters.forEach(updater -> updater.setLrAndSchedule(rate, null));
  }

  private static float[] rowMajor(INDArray outputs) {
    return NativeFloats.read(outputs.dup('c'));
  }

  private INDArray features(Minibatch batch) {
    return Dl4jFeatures.of(network, batch.features(), batch.size());
  }
}
