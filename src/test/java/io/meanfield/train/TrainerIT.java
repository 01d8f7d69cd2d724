package io.meanfield.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.Split;
import io.meanfield.data.shard.ClassWeights;
import io.meanfield.data.shard.Fold;
import io.meanfield.data.shard.Shard;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.data.shard.Sharding;
import io.meanfield.data.shard.TestSharding;
import io.meanfield.data.source.ReadContext;
import io.meanfield.engine.dl4j.Dl4jNetwork;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.Mnist;
import io.meanfield.network.LearnerState;
import io.meanfield.network.LearningRateSchedule;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import io.meanfield.random.Permutation;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.RoundRow;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** The trainer on MNIST. */
class TrainerIT {
  private static final long SEED = 777;
  private static final Dataset DIGITS =
      Mnist.first(6_000).open(ReadContext.of(LocalSpark.context(), 10));
  // 4,500 examples for training.
  private static final double VALIDATION = 0.25;

  private static NetworkSettings network(Optimizer optimizer) {
    return new NetworkSettings(
        List.of(784),
        List.of(
            new Dense(64, Activation.RELU),
            new Dense(32, Activation.RELU),
            new Dense(10, Activation.SOFTMAX)),
        Loss.CATEGORICAL_CROSSENTROPY,
        optimizer);
  }

  private static final NetworkSettings LESSON =
      network(new Optimizer.Adam(0.001, 0.9, 0.999, 1e-7));

  private static TrainSettings settings(
      int epochs, int workers, int perTask, int averaging, int sync) {
    return plain(workers, averaging, sync).epochs(epochs).workersPerTask(perTask).build();
  }

  private static TestSettings plain(int workers, int averaging, int sync) {
    return TestSettings.plain().workers(workers).averagingFrequency(averaging).syncFrequency(sync);
  }

  private static LearnerState train(
      TrainSettings settings, NetworkSettings network, TrainingListener... listeners) {
    Split split = Split.of(DIGITS.count(), VALIDATION, settings.workers(), SEED);
    Sharding sharding = TestSharding.of(DIGITS, split, settings.groupSize());
    JavaRDD<ShardGroup> training = sharding.training();
    JavaRDD<ShardGroup> held = sharding.validation();
    Trainer trainer = new Trainer(settings, SEED, List.of(listeners));
    Model start = Model.untrained(network, SEED);
    TrainingData data =
        new TrainingData(
            split, training, held, ClassWeights.UNIFORM, Placement.TASK_FOR_EACH_GROUP);
    TrainingState state =
        trainer.train(start.network(), TrainingState.initial(start.state()), data);
    training.unpersist();
    held.unpersist();
    return state.learner();
  }

  private static void assertSameBits(LearnerState one, LearnerState other) {
    assertThat(one.weightsSha256()).isEqualTo(other.weightsSha256());
    assertThat(Arrays.equals(one.optimizerState(), other.optimizerState())).isTrue();
    assertThat(one.iteration()).isEqualTo(other.iteration());
  }

  /** Trains in a plain DL4J loop over the minibatches of one worker. */
  private static LearnerState plainDl4j(NetworkSettings network, int epochs) {
    Split split = Split.of(DIGITS.count(), VALIDATION, 1, SEED);
    Shard shard =
        TestSharding.of(DIGITS, split, 1)
            .training()
            .map(ShardGroup::inMemory)
            .collect()
            .get(0)
            .shards()
            .get(0);
    Model model = Model.untrained(network, SEED);
    MultiLayerNetwork net =
        new MultiLayerNetwork(Dl4jNetwork.configuration(model.network().settings()));
    net.init(Nd4j.createFromArray(model.state().weights()).reshape(1, -1), true);
    Examples examples = shard.chunks().read(0);
    for (int epoch = 1; epoch <= epochs; epoch++) {
      Permutation order = shard.order(Fold.NONE, SEED, epoch).rows(0);
      for (int first = 0; first < examples.count(); first += 64) {
        int size = Math.min(64, examples.count() - first);
        float[] features = new float[size * 784];
        float[] labels = new float[size * 10];
        for (int row = 0; row < size; row++) {
          int example = (int) order.apply(first + row);
          examples.features().write(example, features, row * 784);
          labels[row * 10 + examples.label(example)] = 1;
        }
        net.setLearningRate(network.learningRate(net.getIterationCount()));
        net.fit(
            Nd4j.create(features, new int[] {size, 784}, 'c'),
            Nd4j.create(labels, new int[] {size, 10}, 'c'));
      }
    }
    return new LearnerState(
        net.params().toFloatVector(),
        net.updaterState().toFloatVector(),
        net.getIterationCount(),
        epochs);
  }

  @Test
  void oneWorkerWithAScheduleHasTheBitsOfAPlainDl4jLoopThatSetsTheRate() {
    // 71 minibatches an epoch: the warm-up ends in the first, the decay in the second.
    NetworkSettings scheduled =
        new NetworkSettings(
            LESSON.input(),
            LESSON.layers(),
            LESSON.loss(),
            LESSON.optimizer(),
            LearningRateSchedule.cosine(100, 0.1).after(21));
    List<EpochResult> epochs = new ArrayList<>();
    LearnerState trained =
        train(
            settings(2, 1, 1, 10, 25),
            scheduled,
            new TrainingListener() {
              @Override
              public void epochEnded(EpochResult epoch, Optional<TrainingState> state) {
                epochs.add(epoch);
              }
            });
    assertSameBits(trained, plainDl4j(scheduled, 2));
    // Half of the cosine, then its end.
    assertThat(epochs)
        .extracting(EpochResult::learningRate)
        .containsExactly(scheduled.learningRate(71), 0.001 * 0.1);
    assertThat(scheduled.learningRate(71)).isEqualTo(0.001 * 0.55, within(1e-15));
  }

  @Test
  void averagingInsideAGroupOrBetweenGroupsGivesTheSameModel() {
    // Workers of one group average in the memory of their task; workers of several groups on the
    // driver.
    assertSameBits(train(settings(1, 2, 2, 7, 7), LESSON), train(settings(1, 2, 1, 7, 7), LESSON));
    assertSameBits(
        train(settings(1, 4, 4, 7, Integer.MAX_VALUE), LESSON),
        train(settings(1, 4, 1, 7, 7), LESSON));
  }

  /** The mean of the second moments of eight workers would be several times that of one worker. */
  @Test
  void secondMomentsOfWorkersAreThoseOfOneWorkerWithTheSameTotalBatch() {
    double one = secondMoments(train(plain(1, 7, 7).batchSize(64).build(), LESSON));
    for (int perTask : List.of(1, 4, 8)) {
      TrainSettings eight = plain(8, 7, 14).batchSize(8).workersPerTask(perTask).build();
      assertThat(secondMoments(train(eight, LESSON)) / one).isBetween(0.7, 1.3);
    }
  }

  private static double secondMoments(LearnerState state) {
    float[] moments = state.optimizerState();
    return IntStream.range(moments.length / 2, moments.length).mapToDouble(i -> moments[i]).sum();
  }

  @Test
  void everyExampleOfAnEpochIsCountedAndReported() {
    List<RoundRow> rounds = new ArrayList<>();
    List<EpochResult> epochs = new ArrayList<>();
    train(
        settings(2, 5, 2, 1, 5),
        LESSON,
        new TrainingListener() {
          @Override
          public void roundEnded(List<RoundRow> workers) {
            rounds.addAll(workers);
          }

          @Override
          public void epochEnded(EpochResult epoch, Optional<TrainingState> state) {
            epochs.add(epoch);
          }
        });
    assertThat(epochs).extracting(EpochResult::examples).containsExactly(4_500L, 4_500L);
    assertThat(rounds.stream().mapToLong(row -> row.work().examples()).sum()).isEqualTo(9_000);
    // 900 examples a worker are 15 minibatches are 3 rounds of 5, in 2 epochs, with 5 workers.
    assertThat(rounds).hasSize(3 * 2 * 5);
    assertThat(rounds).extracting(row -> row.work().quarantined()).containsOnly(false);
    assertThat(rounds).extracting(RoundRow::group).contains(0, 1, 2);
    assertThat(epochs.get(1).trainLoss()).isLessThan(epochs.get(0).trainLoss());
    assertThat(epochs.get(1).validationAccuracy().orElseThrow()).isBetween(0.5, 1.0);
  }

  @Test
  void moreWorkersThanMinibatchesCanTrain() {
    LearnerState state = train(plain(7, 2, 5).batchSize(4096).workersPerTask(3).build(), LESSON);
    assertThat(state.isFinite()).isTrue();
    assertThat(state.iteration()).isEqualTo(1);
  }
}
