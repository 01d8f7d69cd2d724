package io.meanfield.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.ConfigFactory;
import io.meanfield.data.idx.IdxFixtures;
import io.meanfield.error.UserException;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.settings.JobSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trainings and evaluations that are refused before they write a run, and their exit codes. */
class RefusedJobsIT {
  private static final int DIGITS = 60;

  @TempDir private static Path folder;
  private static String images;
  private static String labels;

  @BeforeAll
  static void trainOnce() {
    images = IdxFixtures.write(folder, "images", IdxFixtures.images(DIGITS));
    labels = IdxFixtures.write(folder, "labels", IdxFixtures.labels(DIGITS));
    TestJobs.train(settings(), "first").run();
  }

  private static JobSettings settings(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "run.page=none",
                "run.directory=\"" + folder + "\"",
                "data.train { images = \"" + images + "\", labels = \"" + labels + "\" }",
                "data.test { images = \"" + images + "\", labels = \"" + labels + "\" }",
                "network.input=[2, 3, 1]",
                "network.layers=[{flatten=true},{dense=3,activation=softmax}]",
                "train.epochs=1"));
    all.addAll(List.of(more));
    return JobSettings.load(List.of(), all);
  }

  private static void assertRefused(int exitCode, String message, String id, ThrowingCallable job) {
    UserException refused = catchThrowableOfType(UserException.class, job);
    assertThat(refused).hasMessage(message);
    assertThat(refused.code().exitCode()).isEqualTo(exitCode);
    assertThat(folder.resolve(id)).doesNotExist();
  }

  private static void assertTrainingRefused(int exitCode, String message, String... more) {
    assertRefused(
        exitCode, message, "refused", () -> TestJobs.train(settings(more), "refused").run());
  }

  private static void assertEvaluationRefused(
      int exitCode, String message, String model, String... more) {
    assertRefused(
        exitCode, message, "self", () -> TestJobs.evaluate(settings(more), "self", model).run());
  }

  @Test
  void filesThatDoNotExistAreNamed() {
    assertTrainingRefused(
        2,
        "found neither /no/such/file nor file.gz beside it; set data.train and data.test, or run"
            + " scripts/fetch-mnist",
        "data.train.images=/no/such/file");
  }

  @Test
  void fileThatEndsInItsHeaderIsNamed() {
    String cut = IdxFixtures.write(folder, "cut", new byte[] {0, 0, 8, 3, 0, 0});
    assertTrainingRefused(
        1, cut + " ends inside its header of 16 bytes", "data.train.images=\"" + cut + "\"");
  }

  @Test
  void weightsOfOtherLayersAreRefused() {
    JobSettings other =
        settings(
            "network.layers=[{flatten=true},{dense=4,activation=relu},{dense=3,activation=softmax}]");
    assertRefused(
        2,
        "--from first does not fit: layer 1 of first is dense = 3, activation = softmax on inputs"
            + " [6], and layer 1 of the settings is dense = 4, activation = relu on inputs [6]",
        "stranger",
        () ->
            TestJobs.train(other, "stranger", new TrainJob.Options(false, Optional.of("first")))
                .run());
  }

  @ParameterizedTest
  @ValueSource(strings = {"first", "%s/first/model.zip"})
  void evaluationOnTheTrainingExamplesIsRefused(String name) {
    String model = name.formatted(folder);
    String fingerprint =
        ConfigFactory.parseFile(folder.resolve("first/run.json").toFile())
            .getString("data.train.fingerprint");
    assertEvaluationRefused(
        2,
        "data.test holds the examples that "
            + model
            + " was trained on ("
            + fingerprint
            + "); a model is evaluated on examples that it has not seen",
        model);
  }

  @Test
  void imagesOfAnotherSizeAreRefused() {
    String wide =
        IdxFixtures.write(folder, "wide", IdxFixtures.idx(new byte[DIGITS * 8], DIGITS, 2, 4));
    assertEvaluationRefused(
        2,
        "the network takes 6 inputs, but the images of "
            + wide
            + " have 8 pixels; apply a model that was trained on such data, or correct data.columns"
            + " or network.input",
        "first",
        "data.test.images=\"" + wide + "\"");
  }

  @Test
  void unknownModelIsRefused() {
    assertEvaluationRefused(
        2,
        "there is no run never-trained in "
            + folder
            + ", which has first; expected the id of a run, the path of a model.zip, the folder of"
            + " a saved model, or a version such as NAME@champion",
        "never-trained");
  }
}
