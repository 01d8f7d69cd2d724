package io.meanfield.pipeline.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.fixture.CapturedLog;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.json.Json;
import io.meanfield.pipeline.score.DataSplit;
import io.meanfield.pipeline.score.PrepareJob;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damages files of finished runs and of prepared data sets, and runs the same commands again. */
class DamagedRunIT {
  @TempDir private Path folder;

  private JobSettings settings(String runs, String... more) throws IOException {
    Files.writeString(
        folder.resolve("train.csv"),
        IntStream.range(0, 40)
            .mapToObj(i -> i + "," + i % 7 + "," + i * i % 11 + "," + (i % 3 == 0 ? "a" : "b"))
            .reduce("id,x,y,kind", (text, line) -> text + "\n" + line));
    List<String> all =
        new ArrayList<>(
            List.of(
                "run.page=none",
                "run.directory=\"" + folder.resolve(runs) + "\"",
                "data { format = csv, train.path=\"" + folder.resolve("train.csv") + "\" }",
                "data.test.path=\"" + folder.resolve("train.csv") + "\"",
                "data.columns { id = id, label = kind }",
                "network { input = [2], layers = [ { dense = 2, activation = softmax } ] }",
                "train { epochs = 3, workers = 1, batch-size = 8 }"));
    all.addAll(Arrays.asList(more));
    return JobSettings.load(List.of(), all);
  }

  private Path copy(String runs) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("runs"))) {
      for (Path file : files.toList()) {
        Path target =
            folder.resolve(runs).resolve(folder.resolve("runs").relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
    return folder.resolve(runs).resolve("a");
  }

  @Test
  void runWithDamagedFilesEndsWithTheSameBits() throws IOException {
    String weights = TestJobs.weights(TestJobs.train(settings("runs"), "a").run());

    Path checkpoint = copy("checkpoint").resolve("checkpoints/epoch-000003.state");
    byte[] whole = Files.readAllBytes(checkpoint);
    Files.write(checkpoint, Arrays.copyOf(whole, whole.length / 2));
    Files.writeString(checkpoint.getParent().resolve("notes.txt"), "mine");
    Files.writeString(folder.resolve("checkpoint/a/status.json"), "{\"state\" : \"succ");
    try (CapturedLog log = CapturedLog.of(RunDirectory.class)) {
      assertThat(TestJobs.weights(TestJobs.train(settings("checkpoint"), "a").run()))
          .isEqualTo(weights);
      assertThat(log.messages())
          .allSatisfy(
              message ->
                  assertThat(message)
                      .startsWith(folder.resolve("checkpoint/a/status.json") + " is damaged: ")
                      .endsWith("; the run counts as not finished"))
          .isNotEmpty();
    }

    Path records = copy("record").resolve("epochs");
    Files.write(records.resolve("000002.json"), new byte[0]);
    Files.delete(folder.resolve("record/a/status.json"));
    Outcome again = TestJobs.train(settings("record"), "a").run();
    assertThat(TestJobs.weights(again)).isEqualTo(weights);
    assertThat(again.message()).startsWith("trained 3 epochs");
    assertThat(
            LocalSpark.session()
                .read()
                .parquet(folder.resolve("record/a/tables/epochs").toString())
                .count())
        .isEqualTo(3);

    Path model = copy("model").resolve("model.zip");
    Files.delete(model);
    assertThatThrownBy(() -> TestJobs.train(settings("model"), "a").run())
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNREADABLE))
        .hasMessage(
            "run a is finished, but "
                + model
                + " is missing; restore the file, or delete status.json there and run the same"
                + " command again, which writes the model again");
    assertThatThrownBy(() -> TestJobs.evaluate(settings("model"), "b", "a").run())
        .isInstanceOf(UserException.class)
        .hasMessageContaining(model.toString());
    Files.delete(folder.resolve("model/a/status.json"));
    assertThat(TestJobs.weights(TestJobs.train(settings("model"), "a").run())).isEqualTo(weights);
    assertThat(model).exists();
  }

  @Test
  void filesOfAModelThatDifferFromTheirChecksumsAreRefused() throws IOException {
    TestJobs.train(settings("runs"), "a").run();
    for (String name : List.of("encodings.json", "model.zip")) {
      Path file = folder.resolve("runs/a/" + name);
      byte[] whole = Files.readAllBytes(file);
      byte[] damaged = whole.clone();
      damaged[damaged.length / 2] ^= 1;
      Files.write(file, damaged);
      Files.deleteIfExists(file.resolveSibling("." + name + ".crc"));
      for (String model : List.of("a", folder.resolve("runs/a/model.zip").toString())) {
        assertThatThrownBy(() -> TestJobs.evaluate(settings("runs"), "b", model).run())
            .isInstanceOfSatisfying(
                UserException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNREADABLE))
            .hasMessage(
                file
                    + " is damaged: expected sha256 "
                    + DigestUtils.sha256Hex(whole)
                    + ", found sha256 "
                    + DigestUtils.sha256Hex(damaged)
                    + "; restore the file from a backup, or train again");
      }
      Files.write(file, whole);
    }
  }

  /** Otherwise encodings of another training would give another accuracy, and no error. */
  @Test
  void modelOfARunWhoseStatusHasNoChecksumsIsNotUsed() throws IOException {
    TestJobs.train(settings("runs"), "a").run();
    Path status = folder.resolve("runs/a/status.json");
    String succeeded = Files.readString(status);
    Files.delete(status);
    assertNotUsed("status.json is gone");
    Files.writeString(status, "{\"state\" : \"succ");
    assertNotUsed("status.json is damaged");
    Files.writeString(status, new String(Json.bytes(Status.running(Instant.EPOCH)), UTF_8));
    assertNotUsed("the run has not ended");
    Status failed = Status.running(Instant.EPOCH).failed(Instant.EPOCH, ErrorCode.DIVERGED, "bad");
    Files.writeString(status, new String(Json.bytes(failed), UTF_8));
    assertNotUsed("the run has failed");

    Files.writeString(status, succeeded.replaceFirst("\"encodings.json\" : \"\\w+\",", ""));
    assertThatThrownBy(() -> TestJobs.evaluate(settings("runs"), "b", "a").run())
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNREADABLE))
        .hasMessage(
            folder.resolve("runs/a/encodings.json")
                + " is not used, because "
                + status
                + " has no checksum of it; restore status.json from a backup, or delete it and let"
                + " the command that began the run complete it");

    Files.delete(status);
    TestJobs.train(settings("runs"), "a").run();
    assertThat(TestJobs.predict(settings("runs"), "b", "a").run().message())
        .startsWith("predicted 40 ");
  }

  private void assertNotUsed(String why) {
    for (String model : List.of("a", folder.resolve("runs/a/model.zip").toString())) {
      assertThatThrownBy(() -> TestJobs.evaluate(settings("runs"), "b", model).run())
          .as(why)
          .isInstanceOfSatisfying(
              UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNUSABLE))
          .hasMessage(
              "the model of run a is not used, because "
                  + folder.resolve("runs/a/status.json")
                  + " does not say that the run has succeeded, and has no checksums of its files;"
                  + " let the command that began the run complete it");
    }
  }

  private JobSettings prepared() throws IOException {
    return settings("runs", "data { format = prepared, train.name = set, test.name = set }");
  }

  private Path prepare() throws IOException {
    new PrepareJob(TestJobs.context(settings("runs"), "set"), DataSplit.TRAIN, Optional.empty())
        .run();
    return folder.resolve("runs/set/tables/examples");
  }

  private static Path part(Path table) throws IOException {
    try (Stream<Path> files = Files.list(table)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).findFirst().get();
    }
  }

  /**
   * Replaces the table by rows that Spark has written whole, and records the length of its file.
   */
  private void replace(Path table, org.apache.spark.sql.Dataset<org.apache.spark.sql.Row> rows)
      throws IOException {
    Path written = folder.resolve("written");
    rows.coalesce(1).write().mode(SaveMode.Overwrite).parquet(written.toString());
    Path part = part(table);
    Files.deleteIfExists(part.resolveSibling("." + part.getFileName() + ".crc"));
    Files.delete(part);
    Files.copy(part(written), part);
  }

  private void assertRefused(String message) {
    for (String command : List.of("train", "predict")) {
      assertThatThrownBy(() -> run(command))
          .as(command)
          .isInstanceOfSatisfying(
              UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_UNREADABLE))
          .hasMessageMatching(message);
      assertThat(folder.resolve("runs/" + command)).doesNotExist();
    }
  }

  private void run(String command) throws IOException {
    if (command.equals("train")) {
      TestJobs.train(prepared(), command).run();
    } else {
      TestJobs.predict(prepared(), command, "model").run();
    }
  }

  @Test
  void damagedPreparedDataAreRefusedBeforeARunBegins() throws IOException {
    Path table = prepare();
    TestJobs.train(prepared(), "model").run();

    Path part = part(table);
    byte[] whole = Files.readAllBytes(part);
    Files.write(part, Arrays.copyOf(whole, whole.length - 1));
    assertRefused(".*\\Q" + part.getFileName() + "\\E.*");
    Files.write(part, whole);

    org.apache.spark.sql.Dataset<org.apache.spark.sql.Row> rows =
        LocalSpark.session().read().parquet(table.toString()).localCheckpoint();
    replace(table, rows.withColumn("label", functions.expr("if(id = 7, 1 - label, label)")));
    assertRefused(
        folder.resolve("runs/set")
            + " has other examples than when it was prepared: their fingerprint is sha256:\\w{64},"
            + " expected sha256:\\w{64}; restore its files, or prepare the data under another"
            + " --run-id");
    replace(table, rows);
    assertThat(TestJobs.weights(TestJobs.train(prepared(), "train").run())).isNotEmpty();
  }
}
