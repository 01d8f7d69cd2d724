package io.meanfield.network.dl4j;

import io.meanfield.network.Architecture;
import io.meanfield.network.Learner;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Minibatch;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The reference learner: what it does to weights is what DL4J's {@code MultiLayerNetwork.fit} does,
 * to the bit.
 */
public final class Dl4jLearner implements Learner {
  private final MultiLayerNetwork net;
  private final int inputs;
  private final int outputs;
  private final Map<Integer, Batch> batches = new HashMap<>();

  public Dl4jLearner(Architecture architecture) {
    MathThreads.one();
    this.net =
        new MultiLayerNetwork(MultiLayerConfiguration.fromJson(architecture.configuration()));
    this.inputs = architecture.inputs();
    this.outputs = architecture.outputs();
    net.init();
  }

  /** The features and targets of a minibatch of one size, off-heap. */
  private record Batch(INDArray features, INDArray targets) {}

  @Override
  public void restore(LearnerState state) {
    NativeFloats.write(state.weights(), state.weights().length, net.params());
    INDArray optimizer = net.getUpdater().getStateViewArray();
    if (optimizer != null) {
      if (state.optimizerState().length == 0) {
        optimizer.assign(0);
      } else {
        NativeFloats.write(state.optimizerState(), state.optimizerState().length, optimizer);
      }
    }
    net.setIterationCount(state.iteration());
    net.setEpochCount(state.epoch());
  }

  @Override
  public LearnerState state() {
    INDArray optimizer = net.getUpdater().getStateViewArray();
    return new LearnerState(
        NativeFloats.read(net.params()),
        optimizer == null ? new float[0] : NativeFloats.read(optimizer),
        net.getIterationCount(),
        net.getEpochCount());
  }

  @Override
  public double fit(Minibatch minibatch) {
    Batch batch = load(minibatch);
    net.fit(batch.features, batch.targets);
    return net.score() * minibatch.size();
  }

  @Override
  public void predict(Minibatch minibatch, float[] target) {
    INDArray predicted = net.output(load(minibatch).features, false);
    // The output may be in 'f' order: rows are made neighbours before they are read.
    float[] rows = NativeFloats.read(predicted.dup('c'));
    System.arraycopy(rows, 0, target, 0, rows.length);
  }

  private Batch load(Minibatch minibatch) {
    int size = minibatch.size();
    Batch batch = batches.computeIfAbsent(size, this::allocate);
    NativeFloats.write(minibatch.features(), size * inputs, batch.features);
    NativeFloats.write(minibatch.targets(), size * outputs, batch.targets);
    return batch;
  }

  private Batch allocate(int size) {
    return new Batch(
        Nd4j.create(new int[] {size, inputs}, 'c'), Nd4j.create(new int[] {size, outputs}, 'c'));
  }
}
