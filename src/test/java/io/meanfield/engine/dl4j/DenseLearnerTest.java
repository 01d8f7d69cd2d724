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
import java.util.List;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;

/** The learner for dense networks computes the same bits as plain DL4J. */
class DenseLearnerTest {
  private static final Optimizer ADAM = new Optimizer.Adam(0.001, 0.9, 0.999, 1e-7);
  private static final List<Optimizer> OPTIMIZERS =
      List.of(new Optimizer.Sgd(0.01), new Optimizer.RmsProp(0.001, 0.9, 1e-7), ADAM);

  /** Fills {@code batch} with random features, three in four of them 0, and random classes. */
  private static void fillRandomly(
      Minibatch batch, int size, int inputs, int outputs, Random random) {
    batch.reset(size, 0);
    for (int i = 0; i < size * inputs; i++) {
      batch.features()[i] = random.nextInt(4) == 0 ? random.nextFloat() : 0;
    }
    for (int row = 0; row < size; row++) {
      batch.label(row, random.nextInt(outputs));
    }
  }

  private static Activation outputActivation(Loss loss, Activation ofRegression) {
    return switch (loss.kind()) {
      case CATEGORICAL_CROSSENTROPY -> Activation.SOFTMAX;
      case BINARY_CROSSENTROPY -> Activation.SIGMOID;
      case MSE, MAE, HUBER -> ofRegression;
    };
  }

  @Property(tries = 150)
  void stepsHaveTheBitsOfMultiLayerNetworkFit(
      @ForAll Activation hidden,
      @ForAll Loss loss,
      @ForAll @IntRange(max = 2) int optimizer,
      @ForAll @IntRange(min = 2, max = 150) int inputs,
      @ForAll @IntRange(min = 2, max = 70) int units,
      @ForAll @IntRange(min = 2, max = 12) int outputs,
      @ForAll @IntRange(min = 1, max = 140) int batchSize,
      @ForAll long seed) {
    Assume.that(loss.kind() != Loss.Kind.HUBER); // plain DL4J has none
    List<Layer> layers =
        List.of(
            new Dense(units, hidden),
            new Dense(units / 2 + 1, hidden),
            new Dense(outputs, outputActivation(loss, hidden)));
    NetworkSettings network =
        new NetworkSettings(List.of(inputs), layers, loss, OPTIMIZERS.get(optimizer));
    Model model = Model.untrained(network, seed);
    MultiLayerNetwork reference = PlainDl4j.network(model);
    Learner learner = new DenseLearner(network);
    learner.restore(model.state());
    Minibatch batch = new Minibatch(batchSize, inputs, outputs);
    Random random = new Random(seed);
    for (int step = 0; step < 8; step++) {
      int size =
          step % 3 == 2 ? batchSize / 2 + 1 : batchSize; // every third is about half as large
      fillRandomly(batch, size, inputs, outputs, random);
      PlainDl4j.fit(reference, batch);
      learner.fit(batch);
    }
    assertSameBits(learner.state(), reference);
    assertThat(learner.state().iteration()).isEqualTo(8).isEqualTo(reference.getIterationCount());
  }

  private static final List<LearningRateSchedule> SCHEDULES =
      List.of(
          new LearningRateSchedule.Step(3, 0.5),
          new LearningRateSchedule.Exponential(4, 0.7),
          new LearningRateSchedule.Cosine(7, 0.1),
          new LearningRateSchedule.WarmUp(3, new LearningRateSchedule.Cosine(5, 0)),
          new LearningRateSchedule.WarmUp(20, new LearningRateSchedule.Constant()));

  /** Returns the learning rates of {@code network}'s first iterations as a schedule of DL4J. */
  private static ISchedule mapSchedule(NetworkSettings network, int iterations) {
    MapSchedule.Builder values = new MapSchedule.Builder(ScheduleType.ITERATION);
    for (int i = 0; i < iterations; i++) {
      values.add(i, network.learningRate(i));
    }
    return values.build();
  }

  private static MultiLayerNetwork scheduledDl4j(Model model, ISchedule schedule) {
    MultiLayerConfiguration configuration = Dl4jNetwork.configuration(model.network().settings());
    for (NeuralNetConfiguration layer : configuration.getConfs()) {
      ((BaseLayer) layer.getLayer()).getIUpdater().setLrAndSchedule(Double.NaN, schedule);
    }
    return PlainDl4j.network(model, configuration);
  }

  private static void assertSameBits(LearnerState state, MultiLayerNetwork reference) {
    assertThat(state.weights()).isEqualTo(reference.params().toFloatVector());
    if (state.optimizerState().length > 0) {
      assertThat(state.optimizerState()).isEqualTo(reference.updaterState().toFloatVector());
    }
  }

  /** Makes ten steps; a new learner continues after {@code interruption} of them. */
  private static LearnerState afterTenSteps(NetworkSettings network, int interruption, long seed) {
    Model model = Model.untrained(network, 3);
    Minibatch batch = new Minibatch(4, 6, 3);
    Random random = new Random(seed);
    Learner learner = new DenseLearner(network);
    learner.restore(model.state());
    for (int step = 0; step < 10; step++) {
      if (step == interruption) {
        LearnerState interrupted = learner.state();
        learner = new DenseLearner(network);
        learner.restore(interrupted);
      }
      fillRandomly(batch, 4, 6, 3, random);
      learner.fit(batch);
    }
    return learner.state();
  }

  @Property(tries = 60)
  void scheduledStepsHaveTheBitsOfDl4jWithTheSameRates(
      @ForAll @IntRange(max = 4) int schedule,
      @ForAll @IntRange(max = 2) int optimizer,
      @ForAll @IntRange(max = 9) int interruption,
      @ForAll long seed) {
    NetworkSettings network = smallNetwork(OPTIMIZERS.get(optimizer), SCHEDULES.get(schedule));
    Model model = Model.untrained(network, 3);
    MultiLayerNetwork scheduled = scheduledDl4j(model, mapSchedule(network, 10));
    MultiLayerNetwork rateSetInLoop = PlainDl4j.network(model);
    Minibatch batch = new Minibatch(4, 6, 3);
    Random random = new Random(seed);
    for (int step = 0; step < 10; step++) {
      fillRandomly(batch, 4, 6, 3, random);
      PlainDl4j.fit(scheduled, batch);
      rateSetInLoop.setLearningRate(network.learningRate(step));
      PlainDl4j.fit(rateSetInLoop, batch);
    }
    LearnerState state = afterTenSteps(network, interruption, seed);
    assertSameBits(state, scheduled);
    assertSameBits(state, rateSetInLoop);
    LearnerState unscheduled =
        afterTenSteps(smallNetwork(OPTIMIZERS.get(optimizer)), interruption, seed);
    assertThat(state.weights()).isNotEqualTo(unscheduled.weights());
  }

  @Example
  void stepScheduleHasTheBitsOfDl4jsStepSchedule() {
    NetworkSettings network = smallNetwork(ADAM, new LearningRateSchedule.Step(3, 0.5));
    ISchedule schedule = new StepSchedule(ScheduleType.ITERATION, 0.001, 0.5, 3);
    MultiLayerNetwork reference = scheduledDl4j(Model.untrained(network, 3), schedule);
    Minibatch batch = new Minibatch(4, 6, 3);
    Random random = new Random(1);
    for (int step = 0; step < 10; step++) {
      fillRandomly(batch, 4, 6, 3, random);
      PlainDl4j.fit(reference, batch);
    }
    assertSameBits(afterTenSteps(network, 5, 1), reference);
  }

  private static NetworkSettings smallNetwork(Optimizer optimizer) {
    return smallNetwork(optimizer, new LearningRateSchedule.Constant());
  }

  private static NetworkSettings smallNetwork(Optimizer optimizer, LearningRateSchedule schedule) {
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
      NetworkSettings network = smallNetwork(optimizer);
      Model model = Model.untrained(network, 3);
      Minibatch batch = new Minibatch(4, 6, 3);
      fillRandomly(batch, 4, 6, 3, new Random(1));
      Learner reused = new DenseLearner(network);
      reused.restore(model.state());
      reused.fit(batch);
      reused.fit(batch);
      LearnerState afterTwo = reused.state();
      reused.fit(batch);
      reused.restore(afterTwo);
      reused.fit(batch);
      Learner continued = new DenseLearner(network);
      continued.restore(afterTwo);
      continued.fit(batch);
      assertThat(reused.state().weights()).isEqualTo(continued.state().weights());
      assertThat(reused.state().optimizerState()).isEqualTo(continued.state().optimizerState());
      reused.restore(model.state());
      Learner untrained = new DenseLearner(network);
      untrained.restore(model.state());
      assertThat(reused.state().optimizerState()).isEqualTo(untrained.state().optimizerState());
    }
  }

  @Example
  void predictionsHaveTheBitsOfPlainDl4j() {
    NetworkSettings network = smallNetwork(ADAM);
    Model model = Model.untrained(network, 3);
    MultiLayerNetwork reference = PlainDl4j.network(model);
    Minibatch batch = new Minibatch(4, 6, 3);
    fillRandomly(batch, 3, 6, 3, new Random(1));
    float[] outputs = new float[3 * 3];
    Learner learner = new DenseLearner(network);
    learner.restore(model.state());
    learner.predict(batch, outputs);
    assertThat(outputs)
        .isEqualTo(
            reference.output(PlainDl4j.features(reference, batch)).dup('c').data().asFloat());
  }
}
