package io.meanfield.network.dl4j;

import io.meanfield.network.Architecture;
import io.meanfield.network.Learner;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Minibatch;
import io.meanfield.network.StepResult;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The reference learner: what it does to weights is what DL4J's {@code MultiLayerNetwork.fit} does
 * at the scheduled learning rate, to the bit.
 */
public final class Dl4jLearner implements Learner {
  private final Architecture architecture;
  private final MultiLayerNetwork net;
  private final DenseStep step;
  private final Optional<INDArray> optimizer;
  private final float[] freshOptimizer;
  private final Map<Integer, DenseStep.Buffers> buffers = new HashMap<>();

  public Dl4jLearner(Architecture architecture) {
    MathThreads.one();
    this.architecture = architecture;
    this.net =
        new MultiLayerNetwork(MultiLayerConfiguration.fromJson(architecture.configuration()));
    net.init();
    this.step = new DenseStep(net, architecture.schedule());
    this.optimizer = Optional.ofNullable(net.getUpdater().getStateViewArray());
    this.freshOptimizer = optimizer.map(NativeFloats::read).orElse(new float[0]);
  }

  @Override
  public void restore(LearnerState state) {
    NativeFloats.write(state.weights(), state.weights().length, net.params());
    float[] moments = state.optimizerState().length == 0 ? freshOptimizer : state.optimizerState();
    optimizer.ifPresent(vector -> NativeFloats.write(moments, moments.length, vector));
    net.setIterationCount(state.iteration());
    net.setEpochCount(state.epoch());
  }

  @Override
  public LearnerState state() {
    return new LearnerState(
        NativeFloats.read(net.params()),
        optimizer.map(NativeFloats::read).orElse(new float[0]),
        net.getIterationCount(),
        net.getEpochCount());
  }

  @Override
  public StepResult fit(Minibatch batch) {
    DenseStep.Buffers loaded = load(batch);
    NativeFloats.write(batch.targets(), batch.size() * architecture.outputs(), loaded.targets());
    step.run(loaded);
    return StepResult.of(
        architecture.loss(),
        NativeFloats.read(loaded.outputs()),
        batch.targets(),
        batch.size(),
        architecture.outputs());
  }

  @Override
  public void predict(Minibatch batch, float[] target) {
    DenseStep.Buffers loaded = load(batch);
    step.predict(loaded);
    float[] outputs = NativeFloats.read(loaded.outputs());
    System.arraycopy(outputs, 0, target, 0, outputs.length);
  }

  private DenseStep.Buffers load(Minibatch batch) {
    DenseStep.Buffers loaded = buffers.computeIfAbsent(batch.size(), this::allocate);
    NativeFloats.write(batch.features(), batch.size() * architecture.inputs(), loaded.input());
    return loaded;
  }

  private DenseStep.Buffers allocate(int size) {
    return step.buffers(
        Nd4j.create(new int[] {size, architecture.inputs()}, 'c'),
        Nd4j.create(new int[] {size, architecture.outputs()}, 'c'));
  }
}
