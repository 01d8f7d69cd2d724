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
import io.meanfield.network.layers.Shape;
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
 * learning rate. Random numbers for dropout come from ND4J's generator of the calling thread, which
 * is seeded for each minibatch.
 */
final class Dl4jLearner implements Learner {
  private final NetworkSettings network;
  private final Shape input;
  private final int[] numbers;
  private final MultiLayerNetwork net;
  private final Dl4jStateAdapter state;
  private final WeightedLoss loss;
  private final List<IUpdater> updaters;
  private final ParameterLayout layout;

  Dl4jLearner(NetworkSettings network) {
    NativeThreads.useSingle();
    this.network = network;
    this.input = network.exampleShape();
    this.numbers = Dl4jNetwork.numbers(network);
    this.layout = ParameterLayout.of(network);
    this.net = new MultiLayerNetwork(Dl4jNetwork.configuration(network));
    net.init();
    this.state = new Dl4jStateAdapter(net);
    this.loss = WeightedLoss.in(net);
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
    INDArray targets =
        Nd4j.create(
            Arrays.copyOf(batch.targets(), batch.size() * network.outputs()),
            new int[] {batch.size(), network.outputs()},
            'c');
    setRate();
    Nd4j.getRandom().setSeed(batch.key());
    float[] outputs = rows(net.output(features, true));
    Nd4j.getRandom().setSeed(batch.key()); // the same random numbers as before
    loss.of(batch);
    net.fit(features, targets);
    return StepResult.of(network.loss(), outputs, batch);
  }

  @Override
  public StepResult pretrain(int layer, Minibatch batch) {
    Layer autoencoder = network.layers().get(layer);
    double corruption = autoencoder.pretrainingCorruption().orElseThrow();
    Loss lossOfLayer = Loss.ofReconstruction(autoencoder.activation());
    INDArray inputs = encodeUpTo(layer, features(batch));
    DenoisingGradient denoising = denoising(layer, lossOfLayer);
    INDArray reconstruction =
        denoising.fit(inputs, corrupted(inputs, corruption, batch.key(), layer));
    Gradient gradient = new DefaultGradient(net.getFlattenedGradients());
    denoising
        .gradients()
        .forEach((name, of) -> gradient.setGradientFor(numbers[layer] + "_" + name, of));
    setRate();
    optimizer()
        .update(
            net,
            gradient,
            net.getIterationCount(),
            net.getEpochCount(),
            batch.size(),
            LayerWorkspaceMgr.noWorkspaces());
    // The biases of reconstructions, which the network's update skips.
    optimizer().getUpdaterBlocks().stream()
        .filter(UpdaterBlock::isPretrainUpdaterBlock)
        .forEach(block -> block.update(net.getIterationCount(), net.getEpochCount()));
    // The updater computes a step for all weights, for example because of a penalty.
    own(layer, net.params()).subi(own(layer, net.getFlattenedGradients()));
    net.setIterationCount(net.getIterationCount() + 1);
    return StepResult.ofAutoencoder(lossOfLayer, rows(reconstruction), rows(inputs), batch.size());
  }

  private BaseMultiLayerUpdater<?> optimizer() {
    return (BaseMultiLayerUpdater<?>) net.getUpdater();
  }

  private DenoisingGradient denoising(int layer, Loss lossOfLayer) {
    if (net.getFlattenedGradients() == null) {
      net.initGradientsView();
    }
    net.getFlattenedGradients().assign(0);
    return new DenoisingGradient(lossOfLayer, net.getLayer(numbers[layer]));
  }

  // As in prediction, because the layers below are already pre-trained.
  private INDArray encodeUpTo(int layer, INDArray features) {
    int number = numbers[layer];
    if (number == 0) {
      return features;
    }
    INDArray outputs = net.feedForwardToLayer(number - 1, features, false).get(number);
    InputPreProcessor shaping = net.getLayerWiseConfigurations().getInputPreProcess(number);
    return shaping == null
        ? outputs
        : shaping.preProcess(
            outputs, Math.toIntExact(outputs.size(0)), LayerWorkspaceMgr.noWorkspaces());
  }

  private static INDArray corrupted(INDArray inputs, double corruption, long key, int layer) {
    float[] factors = new float[Math.toIntExact(inputs.length())];
    DropoutMask.draw(factors, factors.length, corruption, 1, key, layer);
    return inputs.mul(Nd4j.create(factors, inputs.shape(), 'c'));
  }

  private INDArray own(int layer, INDArray all) {
    IndexRange range = layout.range(layer);
    return all.reshape(all.length()).get(NDArrayIndex.interval(range.start(), range.end()));
  }

  @Override
  public void predict(Minibatch batch, float[] target) {
    float[] outputs = rows(net.output(features(batch), false));
    System.arraycopy(outputs, 0, target, 0, outputs.length);
  }

  private void setRate() {
    double rate = network.learningRate(net.getIterationCount());
    updaters.forEach(updater -> updater.setLrAndSchedule(rate, null));
  }

  private static float[] rows(INDArray outputs) {
    return NativeFloats.read(outputs.dup('c'));
  }

  // In DL4J channels come before height and width, and features before steps.
  private INDArray features(Minibatch batch) {
    float[] numbers = Arrays.copyOf(batch.features(), batch.size() * network.inputs());
    if (input instanceof Shape.Image image) {
      return Nd4j.create(
              numbers,
              new int[] {batch.size(), image.height(), image.width(), image.channels()},
              'c')
          .permute(0, 3, 1, 2)
          .dup('c');
    }
    if (input instanceof Shape.Sequence sequence) {
      return Nd4j.create(
              numbers, new int[] {batch.size(), sequence.steps(), sequence.features()}, 'c')
          .permute(0, 2, 1)
          .dup('f');
    }
    return Nd4j.create(numbers, new int[] {batch.size(), network.inputs()}, 'c');
  }
}
