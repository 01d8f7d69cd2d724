package io.meanfield.engine.dl4j;

import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.learner.StepResult;
import io.meanfield.network.LearnerState;
import io.meanfield.network.NetworkSettings;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * The reference learner for any network: DL4J's own {@code MultiLayerNetwork.fit} at the scheduled
 * learning rate, with the gradients multiplied by the weights of the examples. Random numbers for
 * dropout come from ND4J's generator of the calling thread, which {@link #fit} seeds with the key
 * of the minibatch.
 */
final class Dl4jLearner implements Learner {
  private final NetworkSettings network;
  private final MultiLayerNetwork net;
  private final Dl4jStateAdapter state;
  private final WeightedLoss loss;
  private final List<IUpdater> updaters;

  Dl4jLearner(NetworkSettings network) {
    NativeThreads.useSingle();
    this.network = network;
    this.net = new MultiLayerNetwork(Dl4jNetwork.configuration(network));
    net.init();
    this.state = new Dl4jStateAdapter(net);
    this.loss = WeightedLoss.installIn(net);
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
