package io.meanfield.engine.dl4j;

import io.meanfield.network.LearnerState;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies a {@link LearnerState} out of a DL4J network and back. */
public final class Dl4jStateAdapter {
  private final MultiLayerNetwork net;
  private final Optional<INDArray> optimizer;
  private final float[] freshOptimizer;

  /**
   * Creates an adapter of {@code net}.
   *
   * @param net initialised and not yet trained: its optimizer state is kept as the state of a fresh
   *     optimizer
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

  /** Returns a copy of weights, optimizer state and counters. */
  public LearnerState state() {
    return new LearnerState(
        NativeFloats.read(net.params()), optimizer(), net.getIterationCount(), net.getEpochCount());
  }

  private float[] optimizer() {
    return optimizer.map(NativeFloats::read).orElse(new float[0]);
  }
}
