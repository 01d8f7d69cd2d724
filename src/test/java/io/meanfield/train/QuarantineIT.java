package io.meanfield.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.Split;
import io.meanfield.data.shard.ClassWeights;
import io.meanfield.data.shard.Fold;
import io.meanfield.data.shard.Shard;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.learner.Device;
import io.meanfield.network.Engine;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import io.meanfield.random.Permutation;
import io.meanfield.train.averaging.WeightedAverage;
import io.meanfield.train.averaging.WeightedState;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.RoundRow;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One worker of three diverges in one round of three. The network is a linear one with two outputs
 * and a learning rate of 1: a step on an image multiplies the error by {@code 1 - (1 + sum of
 * squared pixels)}. On the dim images, which have one pixel above 0, this factor stays between -1
 * and 1. On a white image of 784 pixels it is -784, and a float overflows after 13 such steps.
 * Worker 1 trains on the white images in its second round.
 */
class QuarantineIT {
  private static final long SEED = 5;
  private static final int WORKERS = 3;
  private static final int DIVERGING_WORKER = 1;
  private static final int BATCH = 4;
  private static final int STEPS_OF_ROUND = 15;
  private static final int EXAMPLES_OF_ROUND = BATCH * STEPS_OF_ROUND;
  private static final int ROUNDS = 3;
  private static final int PIXELS = 784;
  private static final NetworkSettings NETWORK =
      new NetworkSettings(
          List.of(PIXELS),
          List.of(new Dense(2, Activation.LINEAR)),
          Loss.MSE,
          new Optimizer.Sgd(1));

  private final List<RoundRow> rows = new ArrayList<>();
  private final List<EpochResult> epochs = new ArrayList<>();

  private static Shard shard(int worker) {
    int count = ROUNDS * EXAMPLES_OF_ROUND;
    long[] ids = new long[count];
    byte[] labels = new byte[count];
    byte[] pixels = new byte[count * PIXELS];
    for (int i = 0; i < count; i++) {
      ids[i] = (long) i * WORKERS + worker;
      labels[i] = (byte) ((i + worker) % 2);
      pixels[i * PIXELS + (7 * i + worker) % PIXELS] = (byte) 180;
    }
    Shard shard = new Shard(worker, Examples.images(ids, labels, pixels, PIXELS));
    if (worker == DIVERGING_WORKER) {
      whiten(shard);
    }
    return shard;
  }

  private static void whiten(Shard shard) {
    Permutation order = shard.order(Fold.NONE, SEED, 1).rows(0);
    for (int i = EXAMPLES_OF_ROUND; i < 2 * EXAMPLES_OF_ROUND; i++) {
      int first = (int) order.apply(i) * PIXELS;
      Features.Pixels pixels = (Features.Pixels) shard.chunks().read(0).features();
      Arrays.fill(pixels.values(), first, first + PIXELS, (byte) 255);
    }
  }

  private static TrainSettings settings(int workers, int workersPerTask) {
    return TestSettings.plain()
        .batchSize(BATCH)
        .workers(workers)
        .workersPerTask(workersPerTask)
        .averagingFrequency(STEPS_OF_ROUND)
        .syncFrequency(STEPS_OF_ROUND)
        .build();
  }

  private TrainingState train(List<ShardGroup> groups, int workersPerTask, Placement placement) {
    TrainingListener recorder =
        new TrainingListener() {
          @Override
          public void roundEnded(List<RoundRow> workers) {
            rows.addAll(workers);
          }

          @Override
          public void epochEnded(EpochResult epoch, Optional<TrainingState> state) {
            epochs.add(epoch);
          }
        };
    Model start = Model.untrained(NETWORK, SEED);
    int workers = groups.stream().mapToInt(group -> group.shards().size()).sum();
    long examples =
        groups.stream()
            .flatMap(group -> group.shards().stream())
            .mapToLong(shard -> shard.count())
            .sum();
    return new Trainer(settings(workers, workersPerTask), SEED, List.of(recorder))
        .train(
            start.network(),
            TrainingState.initial(start.state()),
            new TrainingData(
                new Split(examples, 0, workers, SEED),
                LocalSpark.context().parallelize(groups, groups.size()),
                LocalSpark.context().emptyRDD(),
                ClassWeights.UNIFORM,
                placement));
  }

  /** Computes the rounds by hand, each as the mean of the given workers. */
  private static LearnerState meansOf(List<Shard> shards, List<List<Integer>> averagedWorkers) {
    EngineNetwork network = new EngineNetwork(NETWORK, Engine.DL4J);
    LearnerState state = Model.untrained(NETWORK, SEED).state();
    for (int round = 0; round < averagedWorkers.size(); round++) {
      Round steps = new Round(1, round + 1, round * STEPS_OF_ROUND, (round + 1) * STEPS_OF_ROUND);
      List<WeightedState> states = new ArrayList<>();
      for (int worker : averagedWorkers.get(round)) {
        WorkerTask task =
            new WorkerTask(
                shards.get(worker),
                new GroupTask(settings(shards.size(), 1), SEED, ClassWeights.UNIFORM, network),
                Device.CPU);
        states.add(WorkerTask.fitAll(List.of(task), steps, state, 1).get(0).weightedState());
      }
      state = WeightedAverage.of(states, List.of(), 1).orElseThrow();
    }
    return state;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, WORKERS})
  void divergedWorkerIsLeftOutOfItsRoundAndReported(int workersPerTask) {
    List<Shard> shards = shards();
    List<ShardGroup> groups = new ArrayList<>();
    for (int first = 0; first < WORKERS; first += workersPerTask) {
      groups.add(
          new ShardGroup(
              groups.size(), List.copyOf(shards.subList(first, first + workersPerTask))));
    }
    assertDivergedWorkerIsLeftOut(
        shards, train(groups, workersPerTask, Placement.TASK_FOR_EACH_GROUP));
  }

  @Test
  void divergedWorkerIsLeftOutInOneTask() {
    List<Shard> shards = shards();
    assertDivergedWorkerIsLeftOut(
        shards, train(List.of(new ShardGroup(0, shards)), 1, new Placement(2)));
    assertThat(rows).extracting(RoundRow::group).startsWith(0, 1, 2);
  }

  private static List<Shard> shards() {
    return List.of(shard(0), shard(1), shard(2));
  }

  private void assertDivergedWorkerIsLeftOut(List<Shard> shards, TrainingState trained) {
    assertThat(rows).hasSize(WORKERS * ROUNDS);
    for (RoundRow row : rows) {
      boolean diverged = row.worker() == DIVERGING_WORKER && row.round() == 2;
      assertThat(row.work().quarantined()).as(row.toString()).isEqualTo(diverged);
      assertThat(row.work().loss().isEmpty()).as(row.toString()).isEqualTo(diverged);
      assertThat(row.work().examples()).isEqualTo(EXAMPLES_OF_ROUND);
    }
    assertThat(epochs).hasSize(1);
    assertThat(epochs.get(0).examples()).isEqualTo(rows.size() * (long) EXAMPLES_OF_ROUND);
    assertThat(epochs.get(0).trainLoss()).isEqualTo(meanLoss(), within(1e-12));
    LearnerState expected =
        meansOf(shards, List.of(List.of(0, 1, 2), List.of(0, 2), List.of(0, 1, 2)));
    assertThat(trained.learner().weights()).isEqualTo(expected.weights());
    assertThat(trained.learner().isFinite()).isTrue();
  }

  private double meanLoss() {
    return rows.stream()
        .map(row -> row.work().loss())
        .flatMap(Optional::stream)
        .mapToDouble(Double::doubleValue)
        .average()
        .orElseThrow();
  }
}
