package io.meanfield.network.dl4j;

import io.meanfield.network.Learner;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Minibatch;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Shape;
import io.meanfield.network.StepResult;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * The reference learner for any network: DL4J's own {@code MultiLayerNetwork.fit} at the scheduled
 * learning rate. Chance, which dropout asks for, comes from ND4J's generator of the calling thread,
 * seeded anew for each minibatch.
 */
final class Dl4jLearner implements Learner {
  private final NetworkSettings network;
  private final Shape input;
  private final MultiLayerNetwork net;
  private final NetworkState state;
  private final WeightedLoss loss;
  private final List<IUpdater> updaters;

  Dl4jLearner(NetworkSettings network) {
    MathThreads.one();
    this.network = network;
    this.input = Dl4jNetwork.input(network);
    this.net = new MultiLayerNetwork(Dl4jNetwork.configuration(network));
    net.init();
    this.state = new NetworkState(net);
    this.loss = WeightedLoss.in(net);
    this.updaters =
        Arrays.stream(net.getLayers()).flatMap(layer -> updaters(layer.conf().getLayer())).toList();
  }

  private static Stream<IUpdater> updaters(Layer layer) {
    Layer inner = layer instanceof BaseWrapperLayer wrapper ? wrapper.getUnderlying() : layer;
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
    double rate = network.learningRate(net.getIterationCount());
    updaters.forEach(updater -> updater.setLrAndSchedule(rate, null));
    Nd4j.getRandom().setSeed(batch.key());
    float[] outputs = rows(net.output(features, true));
    Nd4j.getRandom().setSeed(batch.key()); // the same chance as a moment ago
    loss.of(batch);
    net.fit(features, targets);
    return StepResult.of(network.loss(), outputs, batch);
  }

  @Override
  public void predict(Minibatch batch, float[] target) {
    float[] outputs = rows(net.output(features(batch), false));
    System.arraycopy(outputs, 0, target, 0, outputs.length);
  }

  private static float[] rows(INDArray outputs) {
    return NativeFloats.read(outputs.dup('c'));
  }

  // DL4J wants channels, and features, before height, width and steps.
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
