package io.meanfield.engine.dl4j;

import io.meanfield.network.LearnerState;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Takes what a network carries from one minibatch to the next out of it, and puts it back. */
public final class Dl4jStateAdapter {
  private final MultiLayerNetwork net;
  private final Optional<INDArray> optimizer;
  private final float[] freshOptimizer;

  /**
   * A view of {@code net}.
   *
   * @param net initialised and not yet trained: its present optimizer state stands for a fresh one
   */
  public Dl4jStateAdapter(MultiLayerNetwork net) {
    this.net = net;
    this.optimizer = Optional.ofNullable(net.getUpdater().getStateViewArray());
    this.freshOptimizer = optimizer();
  }

  /** Copies weights, optimizer state and counters into the network. */
  public void restore(LearnerState state) {
    NativeFloats.write(state.weights(), state.weights().length, net.params());
    float[] moments = state.optimizerState().length == 0 ? freshOptimizer : state.optimizerState();
    optimizer.ifPresent(vector -> NativeFloats.write(moments, moments.length, vector));
    net.setIterationCount(state.iteration());
    net.setEpochCount(state.epoch());
  }

  /** A copy of weights, optimizer state and counters. */
  public LearnerState state() {
    return new LearnerState(
        NativeFloats.read(net.params()), optimizer(), net.getIterationCount(), net.getEpochCount());
  }

  private float[] optimizer() {
    return optimizer.map(NativeFloats::read).orElse(new float[0]);
  }
}
