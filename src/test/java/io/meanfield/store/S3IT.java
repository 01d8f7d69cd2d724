package io.meanfield.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.idx.IdxSource;
import io.meanfield.fixture.Mnist;
import io.meanfield.fixture.ProcessTrainingFixture;
import io.meanfield.fixture.S3Server;
import io.meanfield.fixture.Submit;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.settings.LocalSettingsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs whose data and runs are on an S3 server; they give the bits of jobs on a local disk. */
@Tag("cluster")
class S3IT {
  private static S3Server s3;

  @TempDir private static Path copied;

  @BeforeAll
  static void start() throws Exception {
    s3 = S3Server.start();
    IdxSource train = Mnist.first(6_000);
    IdxSource test = Mnist.test();
    s3.put("data/train-images", Path.of(train.images().get(0)));
    s3.put("data/train-labels", Path.of(train.labels().get(0)));
    s3.put("data/test-images", Path.of(test.images().get(0)));
    s3.put("data/test-labels", Path.of(test.labels().get(0)));
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

  private static JobSettings onDisk(Path runs) {
    return JobSettings.load(
        List.of(new LocalSettingsFile(Path.of("jobs/mnist-evaluate.conf"))),
        List.of("run.directory=" + runs));
  }

  private static void score(String command, String id) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of(command, "--conf", "jobs/mnist-evaluate.conf"));
    arguments.addAll(List.of("--model", "trained", "--run-id", id));
    arguments.addAll(List.of(onS3("runs")));
    Submit.Finished scored = finish(Submit.startOn(s3, arguments.toArray(String[]::new)));
    assertThat(scored.err()).isEmpty();
    assertThat(scored.exitCode()).isZero();
    s3.download("runs/" + id + "/", copied.resolve(id));
  }

  @Test
  @Tag("promise")
  void killedTrainingIsResumedAndScoredWithTheBitsOfALocalDisk() throws Exception {
    ProcessTrainingFixture onS3 = new ProcessTrainingFixture(copied);
    String[] arguments = onS3.arguments("trained", onS3("runs"));
    try (Submit running = Submit.startOn(s3, arguments)) {
      s3.await("runs/trained/epochs/000001.json", running);
      running.kill();
    }
    assertThat(s3.get("runs/trained/epochs/000003.json")).isEmpty();
    Submit.Finished trained = finish(Submit.startOn(s3, arguments));
    s3.download("runs/trained/", onS3.directory("trained"));
    onS3.assertComplete("trained", trained);

    score("evaluate", "evaluated");
    score("predict", "predicted");
    TestJobs.evaluate(onDisk(copied), "expected", "trained").run();
    for (String table : List.of("evaluation", "evaluation_by_class", "confusion", "predictions")) {
      assertThat(rows("evaluated", table)).isEqualTo(rows("expected", table));
    }
    assertThat(rows("predicted", "predictions"))
        .hasSize(10_000)
        .isEqualTo(rows("expected", "predictions"));
  }

  /** Returns the rows of a table in a fixed order, without run, time and actual classes. */
  private static List<String> rows(String run, String table) {
    return TestJobs.table(copied, run, table)
        .drop("run_id", "evaluated_at", "actual")
        .collectAsList()
        .stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }

  @Test
  void nightsOfRetrainKeepDataRunsAndRegistryOnS3() throws Exception {
    IdxSource digits = Mnist.first(2_000);
    Path images = Path.of(digits.images().get(0));
    Path labels = Path.of(digits.labels().get(0));
    arrive("2026-01-01", images, labels);
    assertNight("2026-01-01", 0, "done     promoted mnist@1: ");
    byte[] whole = Files.readAllBytes(images);
    arrive(
        "2026-01-03",
        Files.write(copied.resolve("half"), Arrays.copyOf(whole, whole.length / 2)),
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
