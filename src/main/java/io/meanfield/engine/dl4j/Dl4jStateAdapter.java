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
   * Creates an adapter of an initialised network. {@link #restore} takes the optimizer state that
   * {@code net} has now as that of a fresh optimizer, so {@code net} must be untrained if states
   * without optimizer state are to be restored.
   */
  public Dl4jStateAdapter(MultiLayerNetwork net) {
    this.net = net;
    this.optimizer = Optional.ofNullable(net.getUpdater().getStateViewArray());
    this.freshOptimizer = readOptimizer();
  }

  /**
   * Copies weights, optimizer state and counters into the network.
   *
   * @throws IllegalArgumentException if the network has another number of weights, or its optimizer
   *     another number of values; an optimizer without state, plain sgd, ignores that of {@code
   *     state}
   */
  public void restore(LearnerState state) {
    NativeFloats.write(state.weights(), state.weights().length, net.params());
    float[] values = state.optimizerState().length == 0 ? freshOptimizer : state.optimizerState();
    optimizer.ifPresent(vector -> NativeFloats.write(values, values.length, vector));
    net.setIterationCount(state.iteration());
    net.setEpochCount(state.epoch());
  }

  /** Returns a copy of weights, optimizer state and counters. */
  public LearnerState state() {
    return new LearnerState(
        NativeFloats.read(net.params()),
        readOptimizer(),
        net.getIterationCount(),
        net.getEpochCount());
  }

  private float[] readOptimizer() {
    return optimizer.map(NativeFloats::read).orElse(new float[0]);
  }
}
