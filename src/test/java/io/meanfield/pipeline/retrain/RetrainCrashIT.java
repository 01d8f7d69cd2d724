package io.meanfield.pipeline.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.fixture.FaultyDisk;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.ProcessTrainingFixture;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.registry.ModelVersion;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.registry.Registry;
import io.meanfield.train.history.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nights of {@code retrain} whose disk, with runs and registry, becomes unavailable at any step, as
 * for a process that is killed there: the champion is the old or the new one, and the same command
 * ends as a night without a fault.
 */
@Tag("cluster")
class RetrainCrashIT {
  private static final String BEFORE = "2026-01-01";
  private static final String NIGHT = "2026-01-02";
  // Adam has a state, which must be equal, too.
  private static final String OPTIMIZER = "network.optimizer { name = adam, learning-rate = 0.02 }";
  private static final String PROMOTED = "network.optimizer.learning-rate = 0.2";
  private static final List<String> TABLES = List.of("gate", "epochs", "evaluation", "decisions");

  @TempDir private static Path folder;
  private static StepData data;

  /** The state before the night: a champion, and a new partition. */
  @BeforeAll
  static void firstNight() throws IOException {
    data = new StepData(folder);
    data.writeTestExamples();
    data.arrive(BEFORE);
    FaultyDisk.mount();
    assertThat(retrain("template", BEFORE).exitCode()).isZero();
    data.arrive(NIGHT);
  }

  @BeforeEach
  void mount() {
    FaultyDisk.mount();
  }

  @AfterEach
  void repair() {
    FaultyDisk.repair();
  }

  private static Outcome retrain(String copy, String date, String... more) {
    List<String> settings = new ArrayList<>(List.of("run.single-writer = true", OPTIMIZER));
    settings.addAll(List.of(more));
    return new RetrainJob(
            TestJobs.context(
                data.settings(
                    FaultyDisk.at(folder.resolve(copy).resolve("runs")),
                    FaultyDisk.at(folder.resolve(copy).resolve("models")),
                    settings.toArray(String[]::new)),
                date),
            new RetrainOptions(LocalDate.parse(date), false, false),
            new TrainingListener() {})
        .run();
  }

  private static void copy(String to) throws IOException {
    try (Stream<Path> paths = Files.walk(folder.resolve("template"))) {
      for (Path path : paths.toList()) {
        Files.copy(path, folder.resolve(to).resolve(folder.resolve("template").relativize(path)));
      }
    }
  }

  private static RegisteredModel model(String copy) {
    return new Registry(new Configuration(), folder.resolve(copy).resolve("models").toString())
        .model(StepData.MODEL);
  }

  /** What must not depend on faults: the outcome, the files of the model, and all rows. */
  private record Night(
      String message,
      int exitCode,
      Map<String, Double> metrics,
      Map<String, String> bits,
      List<Optional<String>> versions,
      List<String> history,
      List<String> rows) {

    static Night of(String copy, Outcome outcome) {
      return new Night(
          outcome.message().replaceFirst("^run .* is finished already: ", ""),
          outcome.exitCode(),
          outcome.result().metrics(),
          ProcessTrainingFixture.model(run(copy)),
          RetrainCrashIT.model(copy).versions().stream().map(ModelVersion::weightsSha256).toList(),
          RetrainCrashIT.model(copy).history().entries().stream()
              .map(entry -> entry.change() + " " + entry.cause())
              .toList(),
          TABLES.stream().flatMap(table -> rows(copy, table)).toList());
    }

    private static Path run(String copy) {
      return folder.resolve(copy).resolve("runs").resolve(NIGHT);
    }

    private static Stream<String> rows(String copy, String table) {
      return LocalSpark.session()
          .read()
          .parquet(run(copy).resolve("tables").resolve(table).toString())
          .drop("evaluated_at", "seconds")
          .collectAsList()
          .stream()
          .map(Row::toString)
          .sorted();
    }
  }

  /** Returns the night without a fault. */
  private static Night uninterrupted(String copy, String... more) throws IOException {
    copy(copy);
    return Night.of(copy, retrain(copy, NIGHT, more));
  }

  /**
   * Ends the night at the fault that was set, asserts an intact champion, and repeats the night.
   *
   * @return whether a fault occurred
   */
  private static boolean assertRestartEndsAs(Night expected, String copy, String... more) {
    boolean faultOccurred = endsAtFault(copy, more);
    assertChampion(copy, expected.exitCode() == 0 ? List.of(1, 2) : List.of(1));
    assertThat(Night.of(copy, retrain(copy, NIGHT, more))).as(copy).isEqualTo(expected);
    assertChampion(copy, expected.exitCode() == 0 ? List.of(2) : List.of(1));
    assertThat(folder.resolve(copy).resolve("models/steps/versions/3")).doesNotExist();
    return faultOccurred;
  }

  private static boolean endsAtFault(String copy, String... more) {
    try {
      retrain(copy, NIGHT, more);
    } catch (RuntimeException lost) {
      assertThat(FaultyDisk.faultOccurred()).as(lost.toString()).isTrue();
    }
    boolean faultOccurred = FaultyDisk.faultOccurred();
    FaultyDisk.repair();
    return faultOccurred;
  }

  private static void assertChampion(String copy, List<Integer> expected) {
    ModelVersion champion = model(copy).champion().orElseThrow();
    assertThat(champion.number()).as(copy).isIn(expected);
    assertThat(champion.damages()).isEmpty();
  }

  @Test
  @Tag("promise")
  void nightThatEndsAtAFileIsRepeatedWithTheSamePromotion() throws IOException {
    Night expected = uninterrupted("promoted", PROMOTED);
    assertThat(expected.exitCode()).as(expected.message()).isZero();
    for (String file :
        List.of(
            "checkpoints/.epoch-000002.state",
            "versions/2/.version.json",
            "tables/decisions",
            "history/.00000002.json")) {
      assertNightThatEndsAt(file, expected, PROMOTED);
    }
  }

  private static void assertNightThatEndsAt(String file, Night expected, String... more)
      throws IOException {
    String copy = expected.exitCode() + file.replaceAll("\\W+", "-");
    copy(copy);
    FaultyDisk.unavailableFrom(file);
    assertThat(assertRestartEndsAs(expected, copy, more)).as(copy).isTrue();
  }

  @Test
  void nightThatEndsAtAnyStepIsRepeatedWithTheSamePromotion() throws IOException {
    Night expected = uninterrupted("promoted-at-once", PROMOTED);
    assertThat(expected.exitCode()).as(expected.message()).isZero();
    assertThat(atEveryStep("step", copy -> assertRestartEndsAs(expected, copy, PROMOTED)))
        .isGreaterThan(100);
  }

  /**
   * Repeats the night with a fault at the first step, the second step and so on, until no fault
   * occurs.
   *
   * @return the number of steps that have failed
   */
  private static int atEveryStep(String name, Predicate<String> faultyNight) throws IOException {
    int step = 0;
    boolean faultOccurred = true;
    while (faultOccurred) {
      String copy = name + "-" + step;
      copy(copy);
      FaultyDisk.unavailableAfter(step);
      faultOccurred = faultyNight.test(copy);
      step++;
    }
    return step - 1;
  }
}
