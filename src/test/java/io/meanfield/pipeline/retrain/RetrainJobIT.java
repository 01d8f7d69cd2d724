package io.meanfield.pipeline.retrain;

import static io.meanfield.pipeline.retrain.StepData.NO_LEARNING;
import static io.meanfield.pipeline.retrain.StepData.rows;
import static io.meanfield.pipeline.retrain.StepData.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.registry.Cause;
import io.meanfield.registry.ModelVersion;
import io.meanfield.registry.NewVersion;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.registry.Registry;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.train.history.EpochResult;
import io.meanfield.train.history.TrainingListener;
import io.meanfield.train.history.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retrains on the partitions of {@link StepData}. */
class RetrainJobIT {
  /** Steps large enough that ten epochs make a better model. */
  private static final String LEARNING = "train.epochs = 10, network.optimizer.learning-rate = 3";

  private static final TrainingListener NO_LISTENER = new TrainingListener() {};

  @TempDir private static Path temporary;
  private static Path folder;
  private static Path firstNight;
  private static Outcome firstOutcome;
  private StepData data;

  // One path for all tests, because the runs of the first night contain it.
  @BeforeAll
  static void nameFolders() {
    folder = temporary.resolve("test");
    firstNight = temporary.resolve("first-night");
  }

  @BeforeEach
  void writeTestExamples() throws IOException {
    FileUtils.deleteDirectory(folder.toFile());
    Files.createDirectory(folder);
    data = new StepData(folder);
    data.writeTestExamples();
  }

  private void arrive(String date) throws IOException {
    data.arrive(date);
  }

  private Path partition(String date) {
    return data.partition(date);
  }

  private JobSettings settings(String... more) {
    return data.settings(
        folder.resolve("runs").toString(), folder.resolve("models").toString(), more);
  }

  private static RetrainOptions on(String date) {
    return new RetrainOptions(LocalDate.parse(date), false, false);
  }

  private Outcome retrain(String date, String... more) {
    return retrain(date, on(date), NO_LISTENER, more);
  }

  private Outcome retrain(
      String id, RetrainOptions options, TrainingListener listener, String... more) {
    return new RetrainJob(TestJobs.context(settings(more), id), options, listener).run();
  }

  private RegisteredModel model() {
    return new Registry(new Configuration(), folder.resolve("models").toString())
        .model(StepData.MODEL);
  }

  private List<Row> decisions(String run) {
    return TestJobs.table(folder.resolve("runs"), run, "decisions").orderBy("rule").collectAsList();
  }

  private long testExamples(String run) {
    return TestJobs.table(folder.resolve("runs"), run, "evaluation").head().getAs("examples");
  }

  private String status(String run) throws IOException {
    return Files.readString(folder.resolve("runs").resolve(run).resolve("status.json"));
  }

  /**
   * Promotes a first model on the data of 2026-01-01, or copies what the first call has written.
   */
  private void firstNight() throws IOException {
    if (Files.exists(firstNight)) {
      FileUtils.copyDirectory(firstNight.toFile(), folder.toFile());
      return;
    }
    arrive("2026-01-01");
    firstOutcome = retrain("2026-01-01");
    assertThat(firstOutcome.exitCode()).as(firstOutcome.message()).isZero();
    FileUtils.copyDirectory(folder.toFile(), firstNight.toFile());
  }

  @Test
  void dryRunPromotesAndRegistersNothing() throws IOException {
    arrive("2026-01-01");
    RetrainOptions dry = new RetrainOptions(LocalDate.parse("2026-01-01"), true, false);
    Outcome decided = retrain("dry", dry, NO_LISTENER);
    assertThat(decided.exitCode()).isZero();
    assertThat(decided.message()).startsWith("would promote the challenger: accuracy of the first");
    assertThat(model().versions()).isEmpty();
    assertThat(model().history().entries()).isEmpty();
  }

  @Test
  void newestPartitionsTestBothModels() throws IOException {
    String[] window = {"data.test.path = null", "retrain.test-window = 1", "train.epochs = 2"};
    String[] learning = {window[0], window[1], LEARNING};
    arrive("2026-01-01");
    Outcome alone = retrain("2026-01-01", window);
    assertThat(alone.exitCode()).isEqualTo(99);
    assertThat(alone.message())
        .isEqualTo(
            "no new data up to 2026-01-01 in %s/in, besides date=2026-01-01, which"
                    .formatted(folder)
                + " retrain.test-window sets aside for tests");
    arrive("2026-01-02");
    assertThat(retrain("2026-01-02", window).message()).startsWith("promoted steps@1: ");
    assertThat(testExamples("2026-01-02")).isEqualTo(400);
    write(partition("2026-01-03"), rows(450, 3));
    assertThatThrownBy(
            () -> retrain("2026-01-03", on("2026-01-03"), TestJobs.failingAfterRound(2), learning))
        .hasMessageContaining("killed");
    arrive("2026-01-04"); // the night that continues keeps its test examples
    assertThat(retrain("2026-01-03", learning).message()).startsWith("promoted steps@2: ");
    assertThat(testExamples("2026-01-03")).isEqualTo(450);
    Manifest manifest = model().version(2).orElseThrow().manifest();
    Discovery discovery = Discovery.of(manifest).orElseThrow();
    assertThat(discovery.partitions())
        .extracting(Partition::name)
        .containsExactly("date=2026-01-01", "date=2026-01-02");
    assertThat(discovery.test()).extracting(Partition::name).containsExactly("date=2026-01-03");
    write(partition("2026-01-01"), rows(500, 1));
    Outcome seen = retrain("2026-01-04", window[0], "retrain.test-window = 3");
    assertThat(seen.exitCode()).isEqualTo(99);
    assertThat(seen.message())
        .isEqualTo(
            "the champion steps@2 was trained on some of date=2026-01-02, date=2026-01-03,"
                + " date=2026-01-04, which retrain.test-window sets aside for tests, or on unknown"
                + " files; a night with newer partitions compares fairly");
  }

  @Test
  void firstModelThatReachesTheFloorIsPromoted() throws IOException {
    firstNight();
    assertThat(firstOutcome.message())
        .matches(
            "promoted steps@1: accuracy of the first model is \\d\\d\\.\\d\\d %, which reaches"
                + " retrain.floor of 60.00 %");
    ModelVersion champion = model().champion().orElseThrow();
    assertThat(champion.number()).isEqualTo(1);
    assertThat(champion.parent()).isEmpty();
    assertThat(Discovery.of(champion.manifest()).orElseThrow().partitions())
        .extracting(Partition::name)
        .containsExactly("date=2026-01-01");
    assertThat(champion.settings().getStringList("data.train.path"))
        .containsExactly("file:" + partition("2026-01-01"));
    assertThat(champion.readReference()).isPresent();
    assertThat(decisions("2026-01-01"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.<String>getAs("rule")).isEqualTo("floor");
              assertThat(row.<Boolean>getAs("passed")).isTrue();
              assertThat(row.<Integer>getAs("challenger_version")).isEqualTo(1);
              assertThat(row.isNullAt(row.fieldIndex("champion_version"))).isTrue();
              assertThat(row.<Double>getAs("value")).isEqualTo(row.getAs("challenger_value"));
              assertThat(row.<Double>getAs("bound")).isEqualTo(0.6);
              assertThat(row.<Double>getAs("challenger_value"))
                  .isEqualTo(champion.metrics().get("accuracy"));
            });
  }

  @Test
  void firstModelBelowTheFloorIsRegisteredButNotPromoted() throws IOException {
    arrive("2026-01-01");
    Outcome outcome = retrain("2026-01-01", "retrain.floor = 1");
    assertThat(outcome.exitCode()).isEqualTo(99);
    assertThat(outcome.message())
        .startsWith("did not promote steps@1: accuracy of the first model is ")
        .endsWith(
            ", which does not reach retrain.floor of 100.00 %; lower retrain.floor for the next"
                + " model, or promote this one by hand: models promote steps@1 --reason TEXT");
    assertThat(model().versions()).hasSize(1);
    assertThat(model().champion()).isEmpty();
  }

  @Test
  void betterChallengerStartsFromTheChampionAndReplacesIt() throws IOException {
    firstNight();
    arrive("2026-01-02");
    Outcome outcome = retrain("2026-01-02", LEARNING);
    assertThat(outcome.exitCode()).as(outcome.message()).isZero();
    assertThat(outcome.message())
        .startsWith("promoted steps@2: accuracy is ")
        .contains(
            " better than the champion's ",
            "the difference is too large to be chance (p < 0.001 by");
    ModelVersion champion = model().champion().orElseThrow();
    assertThat(champion.number()).isEqualTo(2);
    assertThat(champion.parent()).contains(1);
    assertThat(champion.run().string("from")).contains("steps@1");
    assertThat(decisions("2026-01-02"))
        .extracting(row -> row.<String>getAs("rule"), row -> row.<Boolean>getAs("passed"))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("max-drop", true),
            org.assertj.core.groups.Tuple.tuple("min-delta", true),
            org.assertj.core.groups.Tuple.tuple("significance", true));
    Row delta = decisions("2026-01-02").get(1);
    assertThat(delta.<Double>getAs("value"))
        .isEqualTo(delta.<Double>getAs("challenger_value") - delta.<Double>getAs("champion_value"));
    assertThat(delta.<Double>getAs("bound")).isZero();
    List<Row> compared =
        TestJobs.table(folder.resolve("runs"), "2026-01-02", "comparison").collectAsList();
    assertThat(compared)
        .filteredOn(row -> row.getAs("metric").equals("accuracy"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.<Double>getAs("champion")).isEqualTo(delta.getAs("champion_value"));
              assertThat(row.<Double>getAs("challenger"))
                  .isEqualTo(delta.getAs("challenger_value"));
            });
    assertThat(compared)
        .filteredOn(row -> row.getAs("metric").equals("recall") && row.getAs("class") != null)
        .extracting(row -> row.<Integer>getAs("class"))
        .containsExactly(0, 1);
    assertThat(model().history().entries()).hasSize(2);

    // Again: nothing is done.
    Outcome again = retrain("2026-01-02", LEARNING);
    assertThat(again.exitCode()).isZero();
    assertThat(again.message())
        .isEqualTo("run 2026-01-02 is finished already: " + outcome.message());
    assertThat(model().history().entries()).hasSize(2);
    assertThat(model().versions()).hasSize(2);
  }

  @Test
  void withoutNewDataNothingIsTrainedOrRegistered() throws IOException {
    firstNight();
    String where = folder.resolve("in").toString();
    for (int attempt = 0; attempt < 2; attempt++) {
      Outcome outcome = retrain("2026-01-02");
      assertThat(outcome.exitCode()).isEqualTo(99);
      assertThat(outcome.message()).endsWith("no new data up to 2026-01-02 in " + where);
    }
    assertThat(model().versions()).hasSize(1);
    assertThat(folder.resolve("runs/2026-01-02/model.zip")).doesNotExist();
    assertThat(status("2026-01-02")).contains("\"state\" : \"succeeded\"", "\"exit_code\" : 99");
    assertThat(decisions("2026-01-02"))
        .extracting(row -> row.<String>getAs("rule"))
        .containsExactly("new-data");
  }

  @Test
  void equalChallengerIsRegisteredButNotPromotedAndItsDataAreConsumed() throws IOException {
    firstNight();
    arrive("2026-01-02");
    Outcome outcome = retrain("2026-01-02", NO_LEARNING);
    assertThat(outcome.exitCode()).isEqualTo(99);
    assertThat(outcome.message())
        .startsWith("kept steps@1 instead of steps@2: accuracy is ")
        .contains(", 0.00 points better than the champion's ")
        .endsWith(
            ", but the difference may be chance (p = 1.0000 by McNemar's exact test,"
                + " retrain.significance is 0.05)");
    assertThat(model().champion().orElseThrow().number()).isEqualTo(1);
    assertThat(model().versions()).hasSize(2);

    assertThat(retrain("2026-01-03").message()).startsWith("no new data");
    arrive("2025-12-31"); // late
    Outcome late = retrain("2026-01-04", NO_LEARNING);
    assertThat(late.message()).startsWith("kept steps@1 instead of steps@3: ");
    assertThat(retrain("2026-01-05").message()).startsWith("no new data");
  }

  @Test
  void refusedDataAreCheckedAgainWhenTheyHaveBeenRepaired() throws IOException {
    firstNight();
    Set<Integer> cached = LocalSpark.cachedRdds();
    write(partition("2026-01-02"), Stream.of("0.1,0", "high,1"));
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> retrain("2026-01-02", NO_LEARNING))
          .isInstanceOfSatisfying(
              UserException.class,
              e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.DATA_REFUSED);
                assertThat(e).hasMessageContaining("high");
              });
      assertThat(status("2026-01-02"))
          .contains("\"exit_code\" : 3", "\"error_code\" : \"data_refused\"");
    }
    assertThat(model().versions()).hasSize(1);
    assertThat(LocalSpark.cachedRdds()).isSubsetOf(cached);
    arrive("2026-01-02");
    assertThat(retrain("2026-01-02", NO_LEARNING).message()).startsWith("kept steps@1 instead");
  }

  private List<String> failedChecks(String run) {
    return TestJobs.table(folder.resolve("runs"), run, "gate")
        .where("not passed")
        .collectAsList()
        .stream()
        .map(row -> row.getAs("data") + " " + row.getAs("check") + " " + row.getAs("column"))
        .toList();
  }

  @Test
  void laterDataAreComparedWithTheProfileThatTrainHasWritten() throws IOException {
    firstNight();
    String[] ofTheFirstNight = {
      "data.train.path=\"" + partition("2026-01-01") + "\"", "run.profile = true"
    };
    ModelVersion version = trainAndRegister("profiled", ofTheFirstNight);
    assertThat(version.readReference().orElseThrow())
        .isEqualTo(model().version(1).orElseThrow().readReference().orElseThrow());
    assertThat(version.damages()).isEmpty();
    model().promote(version.number(), Optional.of(1), new Cause("ann", "better", Optional.empty()));

    write(partition("2026-01-02"), rows(400, 2).map(row -> "1" + row.replaceFirst("-", "")));
    assertThatThrownBy(() -> retrain("2026-01-02", NO_LEARNING))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_REFUSED));
    assertThat(failedChecks("2026-01-02")).contains("all drift x", "new drift x");
  }

  private ModelVersion trainAndRegister(String id, String... more) {
    TestJobs.train(settings(more), id).run();
    RunDirectory run = TestJobs.context(settings(), id).runs().find(new RunId(id)).orElseThrow();
    return model().register(NewVersion.of(StepData.MODEL, run));
  }

  private static TrainingListener killedAfter(int number) {
    return new TrainingListener() {
      @Override
      public void epochEnded(EpochResult epoch, Optional<TrainingState> state) {
        if (epoch.epoch() == number) {
          throw new IllegalStateException("killed");
        }
      }
    };
  }

  @Test
  void partitionWithoutItsLabelsIsRefused() throws IOException {
    write(folder.resolve("in/date=2026-01-01/images"), Stream.of());
    assertThatThrownBy(
            () ->
                retrain(
                    "2026-01-01",
                    "data { format = idx, test = null }",
                    "data.test { images = a, labels = b }"))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_REFUSED))
        .hasMessageStartingWith(
            "check 1 of 1 (readable) refused the data: expected one file with \"labels\" in its"
                + " name");
  }

  @Test
  void backfillReplacesANewerChampionOnlyIfItIsAllowed() throws IOException {
    firstNight();
    arrive("2025-12-31");
    Outcome refused = retrain("2025-12-31");
    assertThat(refused.exitCode()).isEqualTo(99);
    assertThat(refused.message())
        .isEqualTo(
            "a run of 2025-12-31 does not replace the champion steps@1, which is of 2026-01-01,"
                + " unless --allow-backfill is given");
    assertThat(model().versions()).hasSize(1);

    RetrainOptions allowed = new RetrainOptions(LocalDate.parse("2025-12-31"), false, true);
    Outcome replaced = retrain("backfill", allowed, NO_LISTENER, LEARNING);
    assertThat(replaced.exitCode()).as(replaced.message()).isZero();
    assertThat(model().champion().orElseThrow().number()).isEqualTo(2);
  }

  @Test
  void interruptedRunContinuesOnTheDataThatItBeganWith() throws IOException {
    firstNight();
    arrive("2026-01-02");
    assertThatThrownBy(() -> retrain("2026-01-02", on("2026-01-02"), killedAfter(2), LEARNING))
        .hasMessage("killed");
    arrive("2025-12-31");
    Path manifest = folder.resolve("runs/2026-01-02/run.json");
    Manifest begun = Manifest.parse(Files.readAllBytes(manifest), "run.json");
    Files.write(manifest, begun.with("versions.git_commit", "older").content().bytes());
    Outcome outcome = retrain("2026-01-02", LEARNING);
    assertThat(outcome.exitCode()).as(outcome.message()).isZero();
    assertThat(outcome.notes())
        .anyMatch(
            note ->
                note.startsWith(
                    "run 2026-01-02 was begun by another build of Meanfield (versions.git_commit"
                        + " was \"older\", is \""));
    assertThat(Discovery.of(model().champion().orElseThrow().manifest()).orElseThrow().partitions())
        .extracting(Partition::name)
        .containsExactly("date=2026-01-01", "date=2026-01-02");
  }

  @Test
  void challengerIsComparedWithTheChampionThatAnotherRunHasPromotedMeanwhile() throws IOException {
    firstNight();
    arrive("2026-01-02");
    retrain("2026-01-02", LEARNING, "retrain.min-delta = 1"); // registers steps@2
    arrive("2026-01-03");
    TrainingListener promoting =
        new TrainingListener() {
          @Override
          public void epochEnded(EpochResult epoch, Optional<TrainingState> state) {
            if (epoch.epoch() == 1) {
              model().promote(2, Optional.of(1), new Cause("tests", "by hand", Optional.empty()));
            }
          }
        };
    Outcome outcome = retrain("2026-01-03", on("2026-01-03"), promoting, NO_LEARNING);
    assertThat(outcome.message()).startsWith("kept steps@2 instead of steps@3: ");
    assertThat(decisions("2026-01-03"))
        .allSatisfy(row -> assertThat(row.<Integer>getAs("champion_version")).isEqualTo(2));
  }

  @Test
  void testExamplesThatHaveDecidedTooOftenAreNoted() {
    assertThat(Promotion.reuse(100)).isEmpty();
    assertThat(Promotion.reuse(101))
        .contains(
            "the same test examples have decided about 101 versions, so that chance favours models"
                + " that fit them; set data.test to fresh examples");
  }

  @Test
  void metricThatTheTaskDoesNotHaveIsRefusedBeforeTraining() throws IOException {
    arrive("2026-01-01");
    assertThatThrownBy(() -> retrain("2026-01-01", "retrain.metric = mse"))
        .hasMessage(
            "retrain.metric is mse, which this task does not have; choose one of accuracy,"
                + " macro-f1, pr-auc, log-loss");
    assertThat(folder.resolve("runs/2026-01-01/checkpoints")).doesNotExist();
  }

  @Test
  void challengerIsNotRegisteredIfTheTestExamplesGiveTheMetricNoValue() throws IOException {
    arrive("2026-01-01");
    write(folder.resolve("test.csv"), rows(100, 0).filter(row -> row.endsWith(",0")));
    assertThatThrownBy(() -> retrain("2026-01-01", "retrain.metric = pr-auc"))
        .hasMessageStartingWith(
            "retrain.metric is pr-auc, which needs examples of both classes, but those of ");
    assertThat(model().versions()).isEmpty();
  }

  @Test
  void otherMetricsAreComparedByTheBootstrapAndAColdChallengerHasNoParent() throws IOException {
    firstNight();
    arrive("2026-01-02");
    String[] cold = {LEARNING, "retrain.metric = log-loss", "retrain.start = cold"};
    assertThat(retrain("2026-01-02", cold).message())
        .startsWith("promoted steps@2: log-loss is ")
        .contains("(p < 0.001 by the paired bootstrap");
    ModelVersion challenger = model().version(2).orElseThrow();
    assertThat(challenger.parent()).isEmpty();
    assertThat(challenger.run().string("from")).isEmpty();
    arrive("2026-01-03");
    assertThat(retrain("2026-01-03", NO_LEARNING, "retrain.metric = macro-f1").message())
        .startsWith("kept steps@2 instead of steps@3: ")
        .contains("may be chance (p = 1.0000 by the paired bootstrap");
  }

  @Test
  void errorsOfRowsThatShareAValueAreCompared() throws IOException {
    firstNight();
    arrive("2026-01-02");
    assertThat(retrain("2026-01-02", NO_LEARNING, "retrain.max-drop-by { x = 0 }").message())
        .doesNotContain("max-drop-by");
    assertThat(decisions("2026-01-02"))
        .filteredOn(row -> row.getAs("rule").equals("max-drop-by"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.<Boolean>getAs("passed")).isTrue();
              assertThat(row.<Double>getAs("value")).isZero();
            });
    arrive("2026-01-03");
    assertThatThrownBy(() -> retrain("2026-01-03", "retrain.max-drop-by { regoin = 0.1 }"))
        .hasMessageContaining("retrain.max-drop-by = regoin: ")
        .hasMessageContaining(" has no such column");
    assertThat(folder.resolve("runs/2026-01-03/checkpoints")).doesNotExist();
  }
}
