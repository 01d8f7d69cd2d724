package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.idx.IdxSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs whose data and runs are on an S3 server; they give the bits of jobs on a local disk. */
@Tag("cluster")
class S3IT {
  private static S3Server s3;

  @TempDir private Path local;
  @TempDir private Path copied;

  @BeforeAll
  static void start() throws Exception {
    s3 = S3Server.start();
    IdxSource train = Mnist.first(6_000);
    IdxSource test = Mnist.test();
    s3.put("data/train-images", Path.of(train.images()));
    s3.put("data/train-labels", Path.of(train.labels().orElseThrow()));
    s3.put("data/test-images", Path.of(test.images()));
    s3.put("data/test-labels", Path.of(test.labels().orElseThrow()));
  }

  @AfterAll
  static void stop() {
    if (s3 != null) {
      s3.close();
    }
  }

  /** Returns the settings that put runs and data on the server, for the end of a command. */
  private static String[] onS3(String runs) {
    return List.of(
            "run.directory=" + s3.location(runs),
            "data.train.images=" + s3.location("data/train-images"),
            "data.train.labels=" + s3.location("data/train-labels"),
            "data.test.images=" + s3.location("data/test-images"),
            "data.test.labels=" + s3.location("data/test-labels"))
        .stream()
        .flatMap(setting -> List.of("--set", setting).stream())
        .toArray(String[]::new);
  }

  // Amazon's SDK contains an SLF4J of its own, which notes that it finds no logger.
  private static Submit.Finished finish(Submit started) throws Exception {
    try (started) {
      Submit.Finished finished = started.finish();
      String err = finished.err().replaceAll("(?m)^SLF4J: .*\\R", "");
      return new Submit.Finished(finished.exitCode(), finished.out(), err);
    }
  }

  private static String[] scoring(String command, String id, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                "--conf",
                "jobs/mnist-evaluate.conf",
                "--model",
                "trained",
                "--run-id",
                id));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  @Test
  void trainEvaluateAndPredictGiveTheBitsOfALocalDisk() throws Exception {
    ProcessTrainingFixture onDisk = new ProcessTrainingFixture(local);
    ProcessTrainingFixture onS3 = new ProcessTrainingFixture(copied);
    onDisk.assertRerunCompletes("trained");
    Submit.Finished trained = finish(Submit.startOn(s3, onS3.arguments("trained", onS3("runs"))));
    s3.download("runs/trained/", onS3.directory("trained"));
    onS3.assertComplete("trained", trained);

    String disk = "run.directory=" + local;
    for (String command : List.of("evaluate", "predict")) {
      assertThat(
              finish(Submit.startShort("local[2]", scoring(command, command, "--set", disk)))
                  .exitCode())
          .isZero();
      Submit.Finished scored = finish(Submit.startOn(s3, scoring(command, command, onS3("runs"))));
      assertThat(scored.err()).isEmpty();
      assertThat(scored.exitCode()).isZero();
      s3.download("runs/" + command + "/", onS3.directory(command));
      assertThat(onS3.rows(command, "predictions"))
          .hasSize(10_000)
          .isEqualTo(onDisk.rows(command, "predictions"));
    }
    for (String table : List.of("evaluation", "evaluation_by_class", "confusion")) {
      assertThat(onS3.rows("evaluate", table)).isEqualTo(onDisk.rows("evaluate", table));
    }
  }

  @Test
  void killedDriverIsResumed() throws Exception {
    ProcessTrainingFixture onS3 = new ProcessTrainingFixture(copied);
    String[] arguments = onS3.arguments("killed", onS3("runs"));
    try (Submit running = Submit.startOn(s3, arguments)) {
      s3.await("runs/killed/epochs/000001.json", running);
      running.kill();
    }
    assertThat(s3.get("runs/killed/epochs/000003.json")).isEmpty();
    Submit.Finished resumed = finish(Submit.startOn(s3, arguments));
    s3.download("runs/killed/", onS3.directory("killed"));
    onS3.assertComplete("killed", resumed);
  }

  @Test
  void nightsOfRetrainKeepDataRunsAndRegistryOnS3() throws Exception {
    IdxSource digits = Mnist.first(2_000);
    Path images = Path.of(digits.images());
    Path labels = Path.of(digits.labels().orElseThrow());
    arrive("2026-01-01", images, labels);
    assertNight("2026-01-01", 0, "done     promoted mnist@1: ");
    assertNight("2026-01-01", 0, "run mnist-2026-01-01 is finished already: promoted mnist@1: ");
    assertNight("2026-01-02", 99, "done     no new data up to 2026-01-02 in s3a://");
    byte[] whole = Files.readAllBytes(images);
    arrive(
        "2026-01-03",
        Files.write(local.resolve("half"), Arrays.copyOf(whole, whole.length / 2)),
        labels);
    assertNight("2026-01-03", 3, "date=2026-01-03/images is cut short");
    assertThat(s3.get("models/mnist/versions/1/version.json")).isPresent();
    assertThat(s3.get("models/mnist/history/00000001.json")).isPresent();
    assertThat(s3.get("models/mnist/versions/2/claim.json")).isEmpty();
  }

  private static void arrive(String date, Path images, Path labels) throws Exception {
    s3.put("in/date=" + date + "/images", images);
    s3.put("in/date=" + date + "/labels", labels);
  }

  private static void assertNight(String date, int exitCode, String message) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("retrain", "--conf", "jobs/mnist-retrain.conf", "--date", date));
    for (String setting :
        List.of(
            "run.directory=" + s3.location("nights"),
            "registry.directory=" + s3.location("models"),
            "retrain { input = \"" + s3.location("in") + "\", floor = 0.3 }",
            "data.test.images=" + s3.location("data/test-images"),
            "data.test.labels=" + s3.location("data/test-labels"),
            "train.epochs=1")) {
      arguments.addAll(List.of("--set", setting));
    }
    Submit.Finished night = finish(Submit.startOn(s3, arguments.toArray(String[]::new)));
    assertThat(night.exitCode()).as(night.out() + night.err()).isEqualTo(exitCode);
    assertThat(night.out() + night.err()).contains(message);
  }
}
