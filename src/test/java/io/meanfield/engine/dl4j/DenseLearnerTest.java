package io.meanfield.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.LearnerState;
import io.meanfield.network.LearningRateSchedule;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import io.meanfield.network.layers.Layer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/** Compares the reference learner for dense networks with plain DL4J. */
class DenseLearnerTest {
  private static final List<Optimizer> OPTIMIZERS =
      List.of(
          new Optimizer.Sgd(0.01),
          new Optimizer.RmsProp(0.001, 0.9, 1e-7),
          new Optimizer.Adam(0.001, 0.9, 0.999, 1e-7));

  /** Returns a plain DL4J network with the weights of {@code model}. */
  private static MultiLayerNetwork plain(NetworkSettings network, Model model) {
    MultiLayerNetwork net = new MultiLayerNetwork(Dl4jNetwork.configuration(network));
    net.init(Nd4j.createFromArray(model.state().weights()).reshape(1, -1), true);
    return net;
  }

  private static void fill(Minibatch batch, int size, int inputs, int outputs, Random random) {
    batch.reset(size, 0);
    for (int i = 0; i < size * inputs; i++) {
      batch.features()[i] = random.nextInt(4) == 0 ? random.nextFloat() : 0;
    }
    for (int row = 0; row < size; row++) {
      batch.label(row, random.nextInt(outputs));
    }
  }

  private static void fitPlain(MultiLayerNetwork net, Minibatch batch, int inputs, int outputs) {
    int size = batch.size();
    net.fit(
        Nd4j.create(Arrays.copyOf(batch.features(), size * inputs), new int[] {size, inputs}, 'c'),
        Nd4j.create(
            Arrays.copyOf(batch.targets(), size * outputs), new int[] {size, outputs}, 'c'));
  }

  private static Activation outputOf(Loss loss, Activation otherwise) {
    return switch (loss) {
      case CATEGORICAL_CROSSENTROPY -> Activation.SOFTMAX;
      case BINARY_CROSSENTROPY -> Activation.SIGMOID;
      case MSE, MAE -> otherwise;
    };
  }

  @Property(tries = 150)
  void everyStepHasTheBitsOfMultiLayerNetworkFit(
      @ForAll Activation hidden,
      @ForAll Loss loss,
      @ForAll @IntRange(max = 2) int optimizer,
      @ForAll @IntRange(min = 2, max = 150) int inputs,
      @ForAll @IntRange(min = 2, max = 70) int units,
      @ForAll @IntRange(min = 2, max = 12) int outputs,
      @ForAll @IntRange(min = 1, max = 140) int batchSize,
      @ForAll long seed) {
    List<Layer> layers =
        List.of(
            new Dense(units, hidden),
            new Dense(units / 2 + 1, hidden),
            new Dense(outputs, outputOf(loss, hidden)));
    NetworkSettings network =
        new NetworkSettings(List.of(inputs), layers, loss, OPTIMIZERS.get(optimizer));
    Model model = Model.untrained(network, seed);
    MultiLayerNetwork reference = plain(network, model);
    Learner learner = new DenseLearner(model.network().network());
    learner.restore(model.state());
    Minibatch batch = new Minibatch(batchSize, inputs, outputs);
    Random random = new Random(seed);
    for (int step = 0; step < 8; step++) {
      int size = step % 3 == 2 ? batchSize / 2 + 1 : batchSize; // sometimes a smaller minibatch
      fill(batch, size, inputs, outputs, random);
      fitPlain(reference, batch, inputs, outputs);
      learner.fit(batch);
    }
    LearnerState state = learner.state();
    assertThat(Arrays.mismatch(state.weights(), reference.params().toFloatVector())).isEqualTo(-1);
    assertThat(state.iteration()).isEqualTo(reference.getIterationCount()).isEqualTo(8);
    if (state.optimizerState().length > 0) {
      float[] expected = reference.updaterState().toFloatVector();
      assertThat(Arrays.mismatch(state.optimizerState(), expected)).isEqualTo(-1);
    }
  }

  private static final List<LearningRateSchedule> SCHEDULES =
      List.of(
          new LearningRateSchedule.Step(3, 0.5),
          new LearningRateSchedule.Exponential(4, 0.7),
          new LearningRateSchedule.Cosine(7, 0.1),
          new LearningRateSchedule.WarmUp(3, new LearningRateSchedule.Cosine(5, 0)),
          new LearningRateSchedule.WarmUp(20, new LearningRateSchedule.Constant()));

  /** Returns the values of {@code network}'s schedule as DL4J's MapSchedule. */
  private static ISchedule table(NetworkSettings network, int iterations) {
    MapSchedule.Builder values = new MapSchedule.Builder(ScheduleType.ITERATION);
    for (int i = 0; i < iterations; i++) {
      values.add(i, network.learningRate(i));
    }
    return values.build();
  }

  private static MultiLayerNetwork plain(NetworkSettings network, Model model, ISchedule rates) {
    MultiLayerConfiguration configuration = Dl4jNetwork.configuration(network);
    for (NeuralNetConfiguration layer : configuration.getConfs()) {
      ((BaseLayer) layer.getLayer()).getIUpdater().setLrAndSchedule(Double.NaN, rates);
    }
    MultiLayerNetwork net = new MultiLayerNetwork(configuration);
    net.init(Nd4j.createFromArray(model.state().weights()).reshape(1, -1), true);
    return net;
  }

  private static void assertSameBits(LearnerState state, MultiLayerNetwork reference) {
    assertThat(state.weights()).isEqualTo(reference.params().toFloatVector());
    if (state.optimizerState().length > 0) {
      assertThat(state.optimizerState()).isEqualTo(reference.updaterState().toFloatVector());
    }
  }

  /** Makes ten steps; a new learner continues after {@code interruption} steps. */
  private static LearnerState fitTen(NetworkSettings network, int interruption, long seed) {
    Model model = Model.untrained(network, 3);
    Minibatch batch = new Minibatch(4, 6, 3);
    Random random = new Random(seed);
    Learner learner = new DenseLearner(model.network().network());
    learner.restore(model.state());
    for (int step = 0; step < 10; step++) {
      if (step == interruption) {
        LearnerState between = learner.state();
        learner = new DenseLearner(model.network().network());
        learner.restore(between);
      }
      fill(batch, 4, 6, 3, random);
      learner.fit(batch);
    }
    return learner.state();
  }

  @Property(tries = 60)
  void scheduledStepsHaveTheBitsOfDl4jWithThatSchedule(
      @ForAll @IntRange(max = 4) int schedule,
      @ForAll @IntRange(max = 2) int optimizer,
      @ForAll @IntRange(max = 9) int interruption,
      @ForAll long seed) {
    NetworkSettings network = small(OPTIMIZERS.get(optimizer), SCHEDULES.get(schedule));
    Model model = Model.untrained(network, 3);
    MultiLayerNetwork reference = plain(network, model, table(network, 10));
    MultiLayerNetwork loop = plain(network, model);
    Minibatch batch = new Minibatch(4, 6, 3);
    Random random = new Random(seed);
    for (int step = 0; step < 10; step++) {
      fill(batch, 4, 6, 3, random);
      fitPlain(reference, batch, 6, 3);
      loop.setLearningRate(network.learningRate(step));
      fitPlain(loop, batch, 6, 3);
    }
    LearnerState state = fitTen(network, interruption, seed);
    assertSameBits(state, reference);
    assertSameBits(state, loop);
    LearnerState constant = fitTen(small(OPTIMIZERS.get(optimizer)), interruption, seed);
    assertThat(state.weights()).isNotEqualTo(constant.weights());
  }

  @Example
  void stepsHaveTheBitsOfDl4jsStepSchedule() {
    NetworkSettings network = small(OPTIMIZERS.get(2), new LearningRateSchedule.Step(3, 0.5));
    ISchedule rates = new StepSchedule(ScheduleType.ITERATION, 0.001, 0.5, 3);
    MultiLayerNetwork reference = plain(network, Model.untrained(network, 3), rates);
    Minibatch batch = new Minibatch(4, 6, 3);
    Random random = new Random(1);
    for (int step = 0; step < 10; step++) {
      fill(batch, 4, 6, 3, random);
      fitPlain(reference, batch, 6, 3);
    }
    assertSameBits(fitTen(network, 5, 1), reference);
  }

  private static NetworkSettings small(Optimizer optimizer) {
    return small(optimizer, new LearningRateSchedule.Constant());
  }

  private static NetworkSettings small(Optimizer optimizer, LearningRateSchedule schedule) {
    return new NetworkSettings(
        List.of(6),
        List.of(new Dense(5, Activation.TANH), new Dense(3, Activation.SOFTMAX)),
        Loss.CATEGORICAL_CROSSENTROPY,
        optimizer,
        schedule);
  }

  @Example
  void restoredLearnerContinuesLikeANewOne() {
    for (Optimizer optimizer : OPTIMIZERS) {
      Model model = Model.untrained(small(optimizer), 3);
      Minibatch batch = new Minibatch(4, 6, 3);
      fill(batch, 4, 6, 3, new Random(1));
      Learner used = new DenseLearner(model.network().network());
      used.restore(model.state());
      used.fit(batch);
      used.fit(batch);
      LearnerState between = used.state();
      used.fit(batch);
      used.restore(between);
      used.fit(batch);
      Learner fresh = new DenseLearner(model.network().network());
      fresh.restore(between);
      fresh.fit(batch);
      assertThat(used.state().weights()).isEqualTo(fresh.state().weights());
      assertThat(used.state().optimizerState()).isEqualTo(fresh.state().optimizerState());
      used.restore(model.state());
      Learner untouched = new DenseLearner(model.network().network());
      untouched.restore(model.state());
      assertThat(used.state().optimizerState()).isEqualTo(untouched.state().optimizerState());
    }
  }

  @Example
  void predictionsEqualThoseOfPlainDl4j() {
    NetworkSettings network = small(OPTIMIZERS.get(0));
    Model model = Model.untrained(network, 3);
    Minibatch batch = new Minibatch(4, 6, 3);
    fill(batch, 3, 6, 3, new Random(1));
    float[] outputs = new float[3 * 3];
    Learner learner = new DenseLearner(model.network().network());
    learner.restore(model.state());
    learner.predict(batch, outputs);
    float[] expected =
        plain(network, model)
            .output(Nd4j.create(Arrays.copyOf(batch.features(), 18), new int[] {3, 6}, 'c'))
            .dup('c')
            .data()
            .asFloat();
    assertThat(outputs).isEqualTo(expected);
  }
}
