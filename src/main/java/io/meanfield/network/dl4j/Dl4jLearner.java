package io.meanfield.network.dl4j;

import io.meanfield.network.Architecture;
import io.meanfield.network.Learner;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Minibatch;
import io.meanfield.network.StepResult;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * The reference learner: what it does to weights is what DL4J's {@code MultiLayerNetwork.fit} does
 * at the scheduled learning rate, to the bit.
 *
 * <p>All schedules are applied here, and not through DL4J's ISchedule. Its JSON would have to name
 * the schedule's class, and DL4J has none for cosine (a MapSchedule has an entry a minibatch, in
 * every layer), none for warm-up that its JSON can read, and an exponential one that rounds
 * differently from Keras' formula. So the configuration keeps the base rate, which plain DL4J
 * reads, and the bits are those of a DL4J loop that sets the rate before each {@code fit}.
 */
public final class Dl4jLearner implements Learner {
  private final Architecture architecture;
  private final BackPropagation propagation;
  private final Optional<Update> update;
  private final double baseRate;
  private final Map<Integer, BackPropagation.Buffers> buffers = new HashMap<>();
  private final float[] weights;
  private final float[] gradients;
  private float[][] optimizerState = new float[0][];
  private int iteration;
  private int epoch;

  public Dl4jLearner(Architecture architecture) {
    MathThreads.one();
    this.architecture = architecture;
    MultiLayerConfiguration configuration =
        MultiLayerConfiguration.fromJson(architecture.configuration());
    MultiLayerNetwork net = new MultiLayerNetwork(configuration);
    net.init();
    this.propagation = new BackPropagation(net);
    this.weights = new float[Math.toIntExact(net.numParams())];
    this.gradients = new float[weights.length];
    IUpdater updater = ((BaseLayer) configuration.getConf(0).getLayer()).getIUpdater();
    this.update = Update.of(updater);
    this.baseRate = updater.hasLearningRate() ? updater.getLearningRate(0, 0) : 0;
  }

  @Override
  public void restore(LearnerState from) {
    System.arraycopy(from.weights(), 0, weights, 0, weights.length);
    propagation.load(weights);
    optimizerState =
        from.optimizerState().length == 0
            ? update.map(known -> known.freshState(weights.length)).orElse(new float[0][])
            : split(from.optimizerState());
    iteration = from.iteration();
    epoch = from.epoch();
  }

  @Override
  public LearnerState state() {
    return new LearnerState(weights.clone(), joined(optimizerState), iteration, epoch);
  }

  // DL4J's layout is one vector of a moment after the other.
  private float[][] split(float[] state) {
    float[][] vectors = new float[state.length / weights.length][];
    Arrays.setAll(
        vectors, i -> Arrays.copyOfRange(state, i * weights.length, (i + 1) * weights.length));
    return vectors;
  }

  private static float[] joined(float[][] vectors) {
    float[] state = new float[Arrays.stream(vectors).mapToInt(vector -> vector.length).sum()];
    int offset = 0;
    for (float[] vector : vectors) {
      System.arraycopy(vector, 0, state, offset, vector.length);
      offset += vector.length;
    }
    return state;
  }

  @Override
  public StepResult fit(Minibatch batch) {
    BackPropagation.Buffers loaded = load(batch);
    NativeFloats.write(batch.targets(), batch.size() * architecture.outputs(), loaded.targets());
    propagation.gradients(loaded, gradients);
    step(batch.size());
    return StepResult.of(architecture.loss(), NativeFloats.read(loaded.outputs()), batch);
  }

  private void step(int examples) {
    double rate = architecture.schedule().rate(baseRate, iteration);
    update
        .orElseThrow(() -> new IllegalStateException("expected the optimizer adam, rmsprop or sgd"))
        .step(weights, gradients, optimizerState, examples, iteration, rate);
    propagation.load(weights);
    iteration++;
  }

  @Override
  public void predict(Minibatch batch, float[] target) {
    BackPropagation.Buffers loaded = load(batch);
    propagation.predict(loaded);
    float[] outputs = NativeFloats.read(loaded.outputs());
    System.arraycopy(outputs, 0, target, 0, outputs.length);
  }

  private BackPropagation.Buffers load(Minibatch batch) {
    BackPropagation.Buffers loaded = buffers.computeIfAbsent(batch.size(), this::allocate);
    NativeFloats.write(batch.features(), batch.size() * architecture.inputs(), loaded.input());
    return loaded;
  }

  private BackPropagation.Buffers allocate(int size) {
    return propagation.buffers(
        Nd4j.create(new int[] {size, architecture.inputs()}, 'c'),
        Nd4j.create(new int[] {size, architecture.outputs()}, 'c'));
  }
}
