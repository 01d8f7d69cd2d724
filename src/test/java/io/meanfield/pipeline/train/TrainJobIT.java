package io.meanfield.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.Mnist;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.run.TimeLine;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.train.history.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains on the first 2,000 MNIST digits, in this process. */
class TrainJobIT {
  private static final int DIGITS = 2000;
  private static final TrainingListener NO_LISTENER = new TrainingListener() {};

  @TempDir private static Path folder;

  private static TrainJob job(
      String id, TrainingListener listener, boolean extend, String... trainSettings) {
    return new TrainJob(
        TestJobs.context(settings(ofTrain(trainSettings)), id),
        new TrainJob.Options(extend, Optional.empty()),
        listener);
  }

  private static String[] ofTrain(String... trainSettings) {
    return Arrays.stream(trainSettings).map(setting -> "train." + setting).toArray(String[]::new);
  }

  private static JobSettings settings(String... more) {
    List<String> assignments =
        Stream.concat(
                Stream.of(
                    "run.page=none",
                    "run.directory=\"" + folder + "\"",
                    Mnist.setting("train", Mnist.first(DIGITS)),
                    // 1,400 training examples: 35 minibatches for each of two workers.
                    "data.validation-fraction = 0.3",
                    "train { epochs = 3, batch-size = 20, sync-frequency = 10 }"),
                Arrays.stream(more))
            .toList();
    return JobSettings.load(List.of(), assignments);
  }

  private static String train(String id, String... trainSettings) {
    return TestJobs.weights(job(id, NO_LISTENER, false, trainSettings).run());
  }

  /** Trains until a round has ended, and fails there. */
  private static void failAfterRound(int number, String id, String... trainSettings) {
    assertThatThrownBy(
            () -> job(id, TestJobs.failingAfterRound(number), false, trainSettings).run())
        .hasMessage("killed");
  }

  private static List<Row> table(String run, String name, String order) {
    return TestJobs.table(folder, run, name).orderBy(order).collectAsList();
  }

  @Test
  void resumedRunWithMomentumIsBitIdentical() {
    String[] policies = {"outer-optimizer { name = nesterov, momentum = 0.5 }"};
    String weights = train("momentum", policies);
    failAfterRound(6, "momentum-killed", policies); // the second round of the second epoch
    assertThat(train("momentum-killed", policies)).isEqualTo(weights);
    // 35 minibatches in rounds of 10: 4 rounds an epoch.
    assertThat(table("momentum-killed", "rounds", "round"))
        .extracting(row -> row.<Integer>getAs("round"))
        .isEqualTo(
            IntStream.rangeClosed(1, 4 + 4 + 4).boxed().flatMap(n -> Stream.of(n, n)).toList());
    assertThat(weights).isNotEqualTo(train("plain"));
  }

  @Test
  void partsOfTheTimeOverlapNowhereAndAddUpToTheTimeOfTheCommand() {
    long before = System.nanoTime();
    TrainJob job = job("timed", NO_LISTENER, false);
    long after = System.nanoTime();
    TimeLine time = job.run().time().orElseThrow();
    long ended = System.nanoTime();
    Map<String, Duration> parts = time.parts(ended);
    assertThat(parts.values().stream().reduce(Duration.ZERO, Duration::plus))
        .isBetween(Duration.ofNanos(ended - after), Duration.ofNanos(ended - before));
    assertThat(parts.values()).noneMatch(Duration::isNegative);
    assertThat(List.of(parts.get("computing"), parts.get("validating"), parts.get("checkpoints")))
        .allMatch(part -> part.compareTo(Duration.ZERO) > 0);
    assertThat(folder.resolve("timed/metrics.prom"))
        .content()
        .contains("meanfield_run_part_duration_seconds{command=\"train\",part=\"loading\"");
  }

  @Test
  void runContinuesInAnotherPlacementWithTheSameBits() {
    failAfterRound(6, "placed", "workers-per-task = 1"); // the second round of the second epoch
    assertThat(train("placed", "workers-per-task = auto")).isEqualTo(train("plain"));
    assertThat(table("placed", "rounds", "round")).hasSize(2 * 3 * 4);
  }

  private static final String EARLY_STOPPING = "early-stopping.patience = 2";
  private static final Pattern STOPPED =
      Pattern.compile(
          "stopped after epoch (\\d+): no improvement since epoch (\\d+), whose weights are kept:"
              + " training loss .*");

  /** Returns the best epoch of a run that stopped two epochs later. */
  private static int best(Outcome outcome) {
    Matcher message = STOPPED.matcher(outcome.message());
    assertThat(message.matches()).as(outcome.message()).isTrue();
    int best = Integer.parseInt(message.group(2));
    assertThat(Integer.parseInt(message.group(1))).isEqualTo(best + 2);
    return best;
  }

  @Test
  void stoppedRunHasTheWeightsOfItsBestEpoch() throws IOException {
    String[] settings = {"epochs = 60", EARLY_STOPPING};
    Outcome outcome = job("stopped", NO_LISTENER, false, settings).run();
    assertThat(outcome.exitCode()).isZero();
    int best = best(outcome);
    assertThat(TestJobs.weights(outcome)).isEqualTo(train("best", "epochs = " + best));
    assertThat(table("stopped", "epochs", "epoch"))
        .extracting(row -> row.<Boolean>getAs("best"))
        .hasSize(best + 2)
        .containsOnlyOnce(true)
        .element(best - 1)
        .isEqualTo(true);

    // A finished run is not trained again.
    Outcome again = job("stopped", NO_LISTENER, false, settings).run();
    assertThat(again.message()).isEqualTo("run stopped is finished already: " + outcome.message());

    // The state of a run that was killed while the model was written.
    Path run = folder.resolve("stopped");
    Files.delete(run.resolve("model.zip"));
    Files.writeString(
        run.resolve("status.json"),
        """
        {"state": "running", "started": "2020-01-01T00:00:00Z", "message": "running", "metrics": {}}
        """);
    Outcome resumed = job("stopped", NO_LISTENER, false, settings).run();
    assertThat(resumed.message()).isEqualTo(outcome.message());
    assertThat(TestJobs.weights(resumed)).isEqualTo(TestJobs.weights(outcome));
    assertThat(table("stopped", "epochs", "epoch")).hasSize(best + 2);

    // A run of more epochs would have stopped at the same one.
    Outcome extended = job("stopped", NO_LISTENER, true, "epochs = 80", EARLY_STOPPING).run();
    assertThat(extended.message()).isEqualTo(outcome.message());
    assertThat(TestJobs.weights(extended)).isEqualTo(TestJobs.weights(outcome));

    // A run that ends within its patience keeps the best epoch and extends from the last one.
    Outcome patient =
        job("patient", NO_LISTENER, false, "epochs = " + (best + 1), EARLY_STOPPING).run();
    assertThat(patient.message())
        .startsWith(
            "trained "
                + (best + 1)
                + " epochs and kept the weights of epoch "
                + best
                + ", the best: training loss ");
    extended = job("patient", NO_LISTENER, true, settings).run();
    assertThat(extended.message()).isEqualTo(outcome.message());
    assertThat(TestJobs.weights(extended)).isEqualTo(TestJobs.weights(patient));
  }

  @Test
  void workersWithEqualNumbersOfExamplesAreEquallyFarFromTheirAverage() {
    train("divergence", "epochs = 1");
    List<Double> divergences =
        table("divergence", "rounds", "round").stream()
            .map(row -> row.<Double>getAs("divergence"))
            .toList();
    assertThat(divergences).hasSize(2 * 4);
    for (int round = 0; round < divergences.size(); round += 2) {
      double one = divergences.get(round);
      assertThat(one).isGreaterThan(0).isCloseTo(divergences.get(round + 1), within(1e-4 * one));
    }
  }

  @Test
  void augmentationAffectsTrainingOnly() {
    // Steps too small to change a weight: only the training examples differ.
    String tinySteps = "network.optimizer { name = sgd, learning-rate = 1e-30 }";
    TestJobs.train(settings(tinySteps), "unaugmented").run();
    TestJobs.train(
            settings(tinySteps, "train.augment { shift = 3, rotate = 20, zoom = 0.2 }"),
            "augmented")
        .run();
    Row plain = table("unaugmented", "epochs", "epoch").get(0);
    Row first = table("augmented", "epochs", "epoch").get(0);
    assertThat(first.<Double>getAs("validation_loss"))
        .isEqualTo(plain.<Double>getAs("validation_loss"));
    assertThat(first.<Double>getAs("train_loss")).isNotEqualTo(plain.<Double>getAs("train_loss"));
    // Every epoch moves the images differently. Without augmentation only the order of summation
    // differs.
    List<Row> augmented = table("augmented", "epochs", "epoch");
    assertThat(augmented.get(1).<Double>getAs("train_loss"))
        .isNotCloseTo(augmented.get(0).<Double>getAs("train_loss"), within(1e-5));
    List<Row> unaugmented = table("unaugmented", "epochs", "epoch");
    assertThat(unaugmented.get(1).<Double>getAs("train_loss"))
        .isCloseTo(unaugmented.get(0).<Double>getAs("train_loss"), within(1e-6));
  }

  @Test
  void manifestNamesTheVersionsThatDecideTheBits() throws IOException {
    train("plain");
    assertThat(Files.readString(folder.resolve("plain/run.json")))
        .contains(
            "\"nd4j\" : \"1.0.0-M2.1\"",
            "\"spark\" : \"" + LocalSpark.session().version() + "\"",
            "\"git_commit\" : ")
        .doesNotContain("null", "\"unknown\"");
  }

  @Test
  void changedAveragingPolicyIsRefused() {
    failAfterRound(1, "one-policy", "outer-optimizer { name = nesterov, momentum = 0.5 }");
    assertThatThrownBy(
            () ->
                train(
                    "one-policy",
                    "sync-frequency=epoch",
                    "outer-optimizer { name = nesterov, momentum = 0.4 }"))
        .hasMessage(
            "run one-policy already exists in "
                + folder
                + "/one-policy and differs:"
                + " settings.train.sync-frequency was 10, is \"epoch\";"
                + " settings.train.outer-optimizer.momentum was 0.5, is 0.4; choose another"
                + " --run-id");
  }

  @Test
  void trainingWhoseLearningRateFallsToItsLastEpochIsNotExtended() {
    String[] falling = {
      "train.epochs = 1", "network.optimizer.schedule { name = cosine, decay-steps = auto }"
    };
    TestJobs.train(settings(falling), "falling").run();
    falling[0] = "train.epochs = 2";
    TrainJob.Options extend = new TrainJob.Options(true, Optional.empty());
    assertThatThrownBy(() -> TestJobs.train(settings(falling), "falling", extend).run())
        .hasMessageContaining("settings.network.optimizer.schedule.decay-steps was ")
        .hasMessageEndingWith(
            "; choose another --run-id, because --extend changes train.epochs alone, which needs a"
                + " constant learning rate");
  }
}
