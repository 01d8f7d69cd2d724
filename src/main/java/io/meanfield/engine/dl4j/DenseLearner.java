package io.meanfield.engine.dl4j;

import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.learner.StepResult;
import io.meanfield.network.LearnerState;
import io.meanfield.network.NetworkSettings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The reference learner for dense networks without penalty or clipping, trained by sgd without
 * momentum, RMSprop or Adam. Its weights are bit-identical to those of DL4J's {@code
 * MultiLayerNetwork.fit} at the scheduled learning rate; it takes less than half the time.
 *
 * <p>Both learners of this engine compute the learning rate of each step themselves instead of
 * using DL4J's ISchedule. DL4J's JSON names the class of a schedule, but DL4J has no class for
 * cosine (a MapSchedule has an entry per minibatch, in every layer), no class for warm-up that its
 * JSON can read, and an exponential class that rounds differently from Keras' formula. So the
 * configuration holds the base rate, which plain DL4J reads, and the results are bit-identical to a
 * DL4J loop that sets the rate before each {@code fit}.
 */
final class DenseLearner implements Learner {
  private final NetworkSettings network;
  private final BackPropagation propagation;
  private final WeightedLoss loss;
  private final UpdateRule updateRule;
  private final Map<Integer, BackPropagation.BatchBuffers> buffers = new HashMap<>();
  private final float[] weights;
  private final float[] gradients;
  private float[][] optimizerState = new float[0][];
  private int iteration;
  private int epoch;

  DenseLearner(NetworkSettings network) {
    NativeThreads.useSingle();
    this.network = network;
    MultiLayerConfiguration configuration = Dl4jNetwork.configuration(network);
    MultiLayerNetwork net = new MultiLayerNetwork(configuration);
    net.init();
    this.loss = WeightedLoss.installIn(net, network.loss());
    this.propagation = new BackPropagation(net);
    this.weights = new float[Math.toIntExact(net.numParams())];
    this.gradients = new float[weights.length];
    this.updateRule = UpdateRule.of(network.optimizer()).orElseThrow();
  }

  /** Returns whether this learner can train {@code network}. */
  static boolean supports(NetworkSettings network) {
    return !network.clipping().isActive()
        && UpdateRule.of(network.optimizer()).isPresent()
        && network.layers().stream()
            .allMatch(layer -> layer.asDense().isPresent() && layer.l2() == 0);
  }

  @Override
  public void restore(LearnerState from) {
    System.arraycopy(from.weights(), 0, weights, 0, weights.length);
    propagation.load(weights);
    optimizerState =
        from.optimizerState().length == 0
            ? UpdateRule.freshState(network.optimizer(), weights.length)
            : split(from.optimizerState());
    iteration = from.iteration();
    epoch = from.epoch();
  }

  @Override
  public LearnerState state() {
    return new LearnerState(weights.clone(), join(optimizerState), iteration, epoch);
  }

  // In a dense network DL4J stores the vectors of the optimizer one after the other.
  private float[][] split(float[] state) {
    float[][] vectors = new float[state.length / weights.length][];
    Arrays.setAll(
        vectors, i -> Arrays.copyOfRange(state, i * weights.length, (i + 1) * weights.length));
    return vectors;
  }

  private static float[] join(float[][] vectors) {
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
    BackPropagation.BatchBuffers loaded = load(batch);
    NativeFloats.write(batch.targets(), batch.size() * network.outputs(), loaded.targets());
    loss.setWeights(batch);
    propagation.computeGradients(loaded, gradients);
    step(batch.size());
    return StepResult.of(network.loss(), NativeFloats.read(loaded.outputs()), batch);
  }

  private void step(int examples) {
    updateRule.step(
        weights, gradients, optimizerState, examples, iteration, network.learningRate(iteration));
    propagation.load(weights);
    iteration++;
  }

  @Override
  public void predict(Minibatch batch, float[] target) {
    BackPropagation.BatchBuffers loaded = load(batch);
    propagation.predict(loaded);
    float[] outputs = NativeFloats.read(loaded.outputs());
    System.arraycopy(outputs, 0, target, 0, outputs.length);
  }

  private BackPropagation.BatchBuffers load(Minibatch batch) {
    BackPropagation.BatchBuffers loaded = buffers.computeIfAbsent(batch.size(), this::allocate);
    NativeFloats.write(batch.features(), batch.size() * network.inputs(), loaded.input());
    return loaded;
  }

  private BackPropagation.BatchBuffers allocate(int size) {
    return propagation.buffers(
        Nd4j.create(new int[] {size, network.inputs()}, 'c'),
        Nd4j.create(new int[] {size, network.outputs()}, 'c'));
  }
}
