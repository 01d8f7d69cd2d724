package io.meanfield.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.cli.command.JobReport;
import io.meanfield.error.ErrorCode;
import io.meanfield.json.Json;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunId;
import io.meanfield.store.RunResult;
import io.meanfield.store.Runs;
import io.meanfield.store.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubmissionResultTest {
  private static final RunId ID = new RunId("a");

  @TempDir private Path folder;

  private Runs runs() {
    return new Runs(new Configuration(), folder.toString());
  }

  private SubmissionResult result() {
    return new SubmissionResult(
        runs(), ID, new org.apache.hadoop.fs.Path(folder.resolve("report.json").toUri()));
  }

  private void write(JobReport report) throws IOException {
    Files.writeString(folder.resolve("report.json"), Json.text(report));
  }

  @Test
  void reportOfTheDriverIsReadOnce() throws IOException {
    Outcome outcome = Outcome.done("trained 3 epochs", List.of());
    write(JobReport.succeeded(ID, outcome));
    JobReport report = result().read(0);
    assertThat(report.exitCode()).isZero();
    assertThat(report.lines()).containsExactly("done     trained 3 epochs");
    assertThat(folder.resolve("report.json")).doesNotExist();
  }

  @Test
  void skippedRunIsNotAnError() throws IOException {
    write(
        JobReport.succeeded(
            ID,
            new Outcome(
                99,
                "no new data",
                List.of(),
                List.of(),
                RunResult.NONE,
                Map.of(),
                Optional.empty())));
    JobReport report = result().read(0);
    assertThat(report.exitCode()).isEqualTo(99);
    assertThat(report.lines()).containsExactly("done     no new data");
  }

  @Test
  void failureKeepsItsExitCodeAndEveryLineOfItsMessage() throws IOException {
    write(JobReport.failed(Optional.of(ID), ErrorCode.RUN_BUSY, "one\ntwo"));
    JobReport report = result().read(1);
    assertThat(report.exitCode()).isEqualTo(4);
    assertThat(report.lines()).containsExactly("error: one", "error: two");
  }

  @Test
  void driverThatNeverBeganTheRunIsReportedAsLost() {
    assertThat(result().read(1))
        .isEqualTo(
            JobReport.failed(
                Optional.of(ID),
                ErrorCode.DRIVER_LOST,
                "the driver ended without a result (exit code of spark-submit: 1); run a has not"
                    + " begun; see the messages of spark-submit and the driver's log"));
  }

  @Test
  void killedDriverIsReportedWithTheStateOfItsRun() throws IOException {
    runs().claim(ID, Manifest.of(Map.of("run_id", "a")));
    Files.writeString(folder.resolve("a/status.json"), Json.text(Status.running(Instant.EPOCH)));
    assertThat(result().read(0).message())
        .isEqualTo(
            "the driver ended without a result (exit code of spark-submit: 0); run a is in state"
                + " running; see the driver's log; the same command with --run-id a continues it,"
                + " unless its driver still works");
  }

  @Test
  void fileSystemWithoutAClassIsAnErrorMessage() {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.missing.impl", "io.example.Missing");
    JobReport report =
        new SubmissionResult(
                new Runs(hadoop, "missing://a/runs"),
                ID,
                new org.apache.hadoop.fs.Path("missing://a/runs/report.json"))
            .read(0);
    assertThat(report.errorCode()).hasValue(ErrorCode.STORE_UNREADABLE);
    assertThat(report.message())
        .isEqualTo(
            "cannot read missing://a/runs/report.json: ClassNotFoundException: Class"
                + " io.example.Missing not found");
  }

  @Test
  void unreadableReportNamesItsFile() throws IOException {
    Files.writeString(folder.resolve("report.json"), "{");
    JobReport report = result().read(0);
    assertThat(report.errorCode()).hasValue(ErrorCode.STORE_UNREADABLE);
    assertThat(report.message())
        .isEqualTo("cannot read " + folder.resolve("report.json") + ": unexpected JSON (line 1)");
  }
}
