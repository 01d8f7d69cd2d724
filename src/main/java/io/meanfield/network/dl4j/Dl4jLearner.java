package io.meanfield.network.dl4j;

import io.meanfield.network.Architecture;
import io.meanfield.network.Learner;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Minibatch;
import io.meanfield.network.StepResult;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The reference learner: what it does to weights is what DL4J's {@code MultiLayerNetwork.fit} does
 * at the scheduled learning rate, to the bit.
 */
public final class Dl4jLearner implements Learner {
  private final Architecture architecture;
  private final DenseStep step;
  private final NetworkState state;
  private final Map<Integer, DenseStep.Buffers> buffers = new HashMap<>();

  public Dl4jLearner(Architecture architecture) {
    MathThreads.one();
    this.architecture = architecture;
    MultiLayerNetwork net =
        new MultiLayerNetwork(MultiLayerConfiguration.fromJson(architecture.configuration()));
    net.init();
    this.step = new DenseStep(net, architecture.schedule());
    this.state = new NetworkState(net);
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
