package io.meanfield.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.data.Dataset;
import io.meanfield.data.Split;
import io.meanfield.data.shard.ClassWeights;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.data.shard.Sharding;
import io.meanfield.data.shard.TestSharding;
import io.meanfield.data.source.ReadContext;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.Mnist;
import io.meanfield.network.Engine;
import io.meanfield.network.Model;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.train.checkpoint.CheckpointCodec;
import io.meanfield.train.history.BestEpoch;
import io.meanfield.train.history.EarlyStopping;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.RoundRow;
import io.meanfield.train.history.TimeBreakdown;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.api.java.JavaRDD;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The placement of workers changes the duration of a training, and nothing else. */
class PlacementIT {
  private static final Dataset DIGITS =
      Mnist.first(2_000).open(ReadContext.of(LocalSpark.context(), 10));
  private static final double VALIDATION = 0.3;
  private static final Placement EACH_ITS_TASK = Placement.TASK_FOR_EACH_GROUP;
  private static final Placement ONE_TASK = new Placement(2);

  /** What listeners hear of a training, without durations. */
  private static final class Recorder implements TrainingListener {
    private final int epochs;
    private final List<RoundRow> rows = new ArrayList<>();
    private final List<EpochResult.Scores> scores = new ArrayList<>();
    private TimeBreakdown time = TimeBreakdown.NONE;

    Recorder(int epochs) {
      this.epochs = epochs;
    }

    @Override
    public void roundEnded(List<RoundRow> workers) {
      rows.addAll(workers);
    }

    @Override
    public void timeSpent(TimeBreakdown spent) {
      time = time.plus(spent);
    }

    @Override
    public void epochEnded(EpochResult epoch, Optional<TrainingState> state) {
      scores.add(epoch.scores());
    }

    @Override
    public boolean wantsAnotherEpoch() {
      return scores.size() < epochs;
    }

    private List<String> work() {
      return rows.stream()
          .map(
              row ->
                  List.of(row.epoch(), row.round(), row.group(), row.worker(), row.work())
                      .toString())
          .toList();
    }
  }

  private static JobSettings settings(String... more) {
    return JobSettings.load(
        List.of(),
        Stream.concat(
                Stream.of(
                    "network.input = [784]",
                    "network.layers = [ { dense = 16, activation = relu }, { batch-normalization ="
                        + " true }, { dropout = 0.2 }, { dense = 10, activation = softmax } ]",
                    "train { epochs = 2, batch-size = 20, workers = 3, sync-frequency = 5 }"),
                Stream.of(more))
            .toList());
  }

  private static TrainingState train(
      JobSettings settings,
      Placement placement,
      Optional<TrainingState> from,
      TrainingListener... listeners) {
    TrainSettings train = settings.train();
    long seed = settings.seed();
    int folds = train.folds();
    long validation = folds > 1 ? 0 : Math.round(DIGITS.count() * VALIDATION);
    Split split = new Split(DIGITS.count(), validation, 0, train.workers(), seed, folds);
    int perTask = placement.shardsPerGroup(train);
    Model untrained = Model.untrained(settings.network(), seed).withEngine(Engine.TORCH);
    Sharding sharding = TestSharding.of(DIGITS, split, perTask);
    JavaRDD<ShardGroup> training = sharding.training();
    TrainingData data =
        new TrainingData(
            split,
            training,
            folds > 1
                ? training.flatMap(group -> group.folds(folds).iterator())
                : TestSharding.of(DIGITS, split, 1).validation(),
            ClassWeights.UNIFORM,
            sharding.epochSize(),
            placement);
    TrainingState state =
        new Trainer(train, seed, List.of(listeners))
            .train(
                untrained.network(),
                from.orElseGet(() -> TrainingState.initial(untrained.state())),
                data);
    data.release();
    return state;
  }

  private static String bits(TrainingState state) {
    return DigestUtils.sha256Hex(CheckpointCodec.toBytes(state));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train.workers = 1",
        "train { workers = 2, members = 3 }",
        "train { workers = 7, sync-frequency = epoch, early-stopping { monitor = accuracy }" + " }",
        "train { sync-frequency = 2 }, network.optimizer {"
            + " schedule { name = cosine, decay-steps = 30, warmup-steps = 5 } }",
        "train { outer-optimizer { name = nesterov, learning-rate = 0.7, momentum = 0.9 } }",
        "train { workers = 8, batch-size = 8, members = 2 }, network.optimizer { name = adamw }",
      })
  void oneTaskGivesTheStatesAndReportsOfATaskForEachWorker(String policy) {
    JobSettings settings = settings(policy);
    Recorder expected = new Recorder(2);
    Recorder found = new Recorder(2);
    String bits = bits(train(settings, EACH_ITS_TASK, Optional.empty(), expected));
    assertThat(bits(train(settings, ONE_TASK, Optional.empty(), found))).isEqualTo(bits);
    assertThat(found.work()).isEqualTo(expected.work()).isNotEmpty();
    assertThat(found.scores).isEqualTo(expected.scores).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train { workers = 1, members = 3, folds = 3, calibrate = temperature }",
        "train { workers = 1, members = 3, folds = 3, sync-frequency = epoch,"
            + " early-stopping { monitor = accuracy } }",
        "train { workers = 1, members = 3, outer-optimizer { name = nesterov, learning-rate = 0.7,"
            + " momentum = 0.9 } }",
      })
  void taskForEachMemberGivesTheStatesAndReportsOfOneTask(String policy) {
    JobSettings settings = settings(policy);
    Recorder expected = new Recorder(2);
    String bits = bits(train(settings, EACH_ITS_TASK, Optional.empty(), expected));
    for (Placement placement : List.of(ONE_TASK, Placement.TASK_FOR_EACH_MEMBER)) {
      Recorder found = new Recorder(2);
      assertThat(bits(train(settings, placement, Optional.empty(), found))).isEqualTo(bits);
      assertThat(found.work()).isEqualTo(expected.work()).isNotEmpty();
      assertThat(found.scores).isEqualTo(expected.scores).hasSize(2);
    }
  }

  /** Groups of three, three and two workers have an average of their own. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "train { workers = 8, batch-size = 8 }",
        "train { workers = 8, batch-size = 8, workers-per-task = 3, averaging-frequency = 2 }",
      })
  void trainingThatContinuesFromAnEpochInAnotherPlacementHasTheSameBits(String policy) {
    JobSettings settings = settings(policy);
    boolean hasGroups = settings.train().workersPerTask() > 1;
    String bits = bits(train(settings, EACH_ITS_TASK, Optional.empty(), new Recorder(2)));
    TrainingState half = train(settings, EACH_ITS_TASK, Optional.empty(), new Recorder(1));
    Placement other = hasGroups ? EACH_ITS_TASK : ONE_TASK;
    assertThat(bits(train(settings, other, Optional.of(half), new Recorder(1)))).isEqualTo(bits);
  }

  @Test
  void durationsOfRowsAndTimesAddUpAndOnlyJobsTransferStates() {
    Recorder recorder = new Recorder(2);
    TrainingState state = train(settings(), ONE_TASK, Optional.empty(), recorder);
    double elapsedMillis =
        recorder.time.computing().plus(recorder.time.synchronising()).toNanos() / 1e6;
    double rowMillis =
        recorder.rows.stream()
            .filter(row -> row.worker() == 0)
            .mapToDouble(row -> row.cost().computeMillis() + row.cost().waitMillis())
            .sum();
    assertThat(rowMillis).isCloseTo(elapsedMillis, within(1e-3));
    assertThat(recorder.rows)
        .allSatisfy(
            row -> {
              assertThat(row.cost().computeMillis()).isPositive();
              assertThat(row.cost().waitMillis()).isNotNegative();
              assertThat(row.cost().taskMillis())
                  .isBetween(
                      row.cost().computeMillis(),
                      row.cost().computeMillis() + row.cost().waitMillis());
            });
    // 1,400 examples are 24 minibatches of a worker are 5 rounds an epoch. The first one is a job;
    // the next job has the rest of the epoch, and on a fast machine the second epoch, too.
    assertThat(rounds(recorder, row -> row.cost().bytesIn() > 0)).startsWith(1, 2);
    assertThat(rounds(recorder, row -> row.cost().bytesOut() == state.learner().bytes()))
        .startsWith(1)
        .endsWith(10);
  }

  @Test
  void jobOfSeveralEpochsReturnsTheStateOfTheBestOne() {
    JobSettings settings =
        settings(
            "train { epochs = 20, workers = 1, early-stopping.patience = 20 }",
            "network.optimizer { name = adam, learning-rate = 0.02 }");
    EarlyStopping earlyStopping = settings.train().earlyStopping();
    BestEpoch expected = new BestEpoch(earlyStopping);
    train(settings, EACH_ITS_TASK, Optional.empty(), expected);
    BestEpoch found = new BestEpoch(earlyStopping);
    States states = new States();
    train(settings, ONE_TASK, Optional.empty(), found, states);
    assertThat(bits(found.state().orElseThrow())).isEqualTo(bits(expected.state().orElseThrow()));
    assertThat(found.state().orElseThrow().learner().epoch()).isBetween(2, 19);
    assertThat(states.missing).isNotEmpty();
  }

  /** Collects the epochs whose states the driver does not get. */
  private static final class States implements TrainingListener {
    private final List<Integer> missing = new ArrayList<>();

    @Override
    public void epochEnded(EpochResult epoch, Optional<TrainingState> state) {
      if (state.isEmpty()) {
        missing.add(epoch.epoch());
      }
    }
  }

  private static List<Integer> rounds(Recorder recorder, Predicate<RoundRow> condition) {
    return recorder.rows.stream()
        .filter(row -> row.worker() == 0)
        .filter(condition)
        .map(RoundRow::round)
        .toList();
  }

  @Test
  void divergenceInOneTaskHasTheSameError() {
    JobSettings diverging =
        settings(
            "network.optimizer { name = sgd, learning-rate = 900000 }",
            "network.loss = mse",
            "train.sync-frequency = 20",
            "network.layers = [ { dense = 10, activation = linear } ]");
    UserException expected = divergence(diverging, EACH_ITS_TASK);
    UserException found = divergence(diverging, ONE_TASK);
    assertThat(found).hasMessage(expected.getMessage());
    assertThat(found.code()).isEqualTo(ErrorCode.DIVERGED);
    assertThat(found)
        .hasMessageMatching(
            "training diverged: in round 1 of epoch 1 no worker's loss and weights are finite"
                + " \\(worker 0: loss (NaN|Infinity), worker 1: loss (NaN|Infinity), worker 2: loss"
                + " (NaN|Infinity); learning rate 900000\\.0\\); lower"
                + " network\\.optimizer\\.learning-rate or check the data");
  }

  private static UserException divergence(JobSettings settings, Placement placement) {
    List<UserException> thrown = new ArrayList<>();
    assertThatThrownBy(() -> train(settings, placement, Optional.empty(), new Recorder(2)))
        .isInstanceOfSatisfying(UserException.class, thrown::add);
    return thrown.get(0);
  }
}
