package io.meanfield.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.page.PageContent;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import io.meanfield.tracking.Measurements;
import io.meanfield.tracking.mlflow.MlflowSettings;
import io.meanfield.train.checkpoint.Checkpoints;
import io.meanfield.train.checkpoint.TestEpochs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunSupervisorTest {
  private static final MlflowSettings NO_MLFLOW =
      new MlflowSettings(Optional.empty(), "meanfield", true);

  @TempDir private Path folder;

  private final Interruption interruption = new Interruption();
  private final List<String> messages = new ArrayList<>();

  private static Manifest manifest(int epochs) {
    return Manifest.of(Map.of("settings", Map.of("train", Map.of("epochs", epochs))));
  }

  private Outcome run(int epochs, RunSupervisor.Job job) {
    return run(manifest(epochs), job);
  }

  private Outcome run(Manifest manifest, RunSupervisor.Job job) {
    return supervisor().run(claimed(manifest), manifest, RunIdentity.USUAL, job);
  }

  private Outcome runOrExtend(int epochs, RunSupervisor.Job job) {
    return supervisor().run(claimed(manifest(epochs)), manifest(epochs), RunIdentity.EXTENDED, job);
  }

  private RunDirectory claimed(Manifest manifest) {
    return new Runs(new Configuration(), folder.toString()).claim(new RunId("run"), manifest);
  }

  private RunSupervisor supervisor() {
    return new RunSupervisor(
        interruption,
        new RunTracking(NO_MLFLOW, new Measurements()),
        new RunPageFile(PageContent.FULL, interruption),
        Checkpoints.PATIENCE);
  }

  private String status() {
    return content("status.json");
  }

  private String content(String file) {
    try {
      return Files.readString(folder.resolve("run").resolve(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private boolean interrupt() {
    return interruption.trigger("SIGTERM", messages::add);
  }

  private static void write(RunDirectory held, String file) {
    held.replace(file, out -> out.write("{}".getBytes(StandardCharsets.UTF_8)));
  }

  private static Outcome done() {
    return Outcome.done("all is well", List.of());
  }

  @Test
  void trainingThatFailsAfterAnEpochHasAPage() {
    assertThatThrownBy(
            () ->
                run(
                    manifest(3).with("command", "train"),
                    held -> {
                      TestEpochs.write(held, 1, 1, 0.6);
                      throw new UserException(ErrorCode.DIVERGED, "all workers have diverged");
                    }))
        .hasMessage("all workers have diverged");
    assertThat(content("report.html")).contains("All workers have diverged", "Loss by epoch");
  }

  @Test
  void pageOfAnAttemptIsDeletedBeforeTheNextOne() {
    run(
        3,
        held -> {
          write(held, "report.html");
          return done();
        });
    assertThat(folder.resolve("run/report.html")).exists();
    assertThatThrownBy(
            () ->
                runOrExtend(
                    4,
                    held -> {
                      assertThat(folder.resolve("run/report.html")).doesNotExist();
                      throw new IllegalStateException("killed");
                    }))
        .hasMessage("killed");
    assertThat(folder.resolve("run/report.html")).doesNotExist();
  }

  @Test
  void interruptionReleasesTheRunAndPreventsLaterWrites() {
    assertThatThrownBy(
            () ->
                run(
                    3,
                    held -> {
                      write(held, "epochs/000001.json");
                      assertThat(interrupt()).isTrue();
                      assertThat(folder.resolve("run/lease/000001.released")).exists();
                      assertThatThrownBy(() -> write(held, "model.zip"))
                          .hasMessage("this process has released the lease of run run");
                      throw new IllegalStateException("the SparkContext has stopped");
                    }))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERRUPTED));
    String message =
        "interrupted by SIGTERM; run run is complete up to epoch 1, the same command continues from"
            + " there";
    assertThat(messages).containsExactly(message);
    assertThat(interruption.isTriggered()).isTrue();
    assertThat(status())
        .contains(
            "\"state\" : \"failed\"",
            "\"exit_code\" : 130",
            "\"error_code\" : \"interrupted\"",
            "\"message\" : \"" + message + "\"");
    assertThat(folder.resolve("run/model.zip")).doesNotExist();
  }

  @Test
  void epochThatIsBeingWrittenIsCompleteBeforeAnInterruptionReleasesTheRun() {
    List<String> first = new ArrayList<>();
    assertThatThrownBy(
            () ->
                run(
                    3,
                    held -> {
                      interruption.finishFirst(
                          () -> {
                            first.add(status());
                            write(held, "epochs/000001.json");
                          });
                      interrupt();
                      return done();
                    }))
        .hasMessage("the job was interrupted");
    assertThat(first).singleElement().asString().contains("\"failed\"", "from the beginning");
    assertThat(messages)
        .containsExactly(
            "interrupted by SIGTERM; run run is complete up to epoch 1, the same command continues"
                + " from there");
    assertThat(status()).contains(messages.get(0));
  }

  @Test
  void jobThatReturnsAfterAnInterruptionIsRecordedAsFailed() {
    assertThatThrownBy(
            () ->
                run(
                    3,
                    held -> {
                      interrupt();
                      return done();
                    }))
        .hasMessage("the job was interrupted");
    assertThat(messages)
        .containsExactly(
            "interrupted by SIGTERM; the same command starts run run from the beginning");
    assertThat(status()).contains("\"failed\"");
  }

  @Test
  void jobThatHasEndedIsNotInterrupted() {
    run(3, held -> done());
    assertThat(interrupt()).isFalse();
    assertThat(messages).isEmpty();
    assertThat(interruption.isTriggered()).isFalse();
    assertThat(status()).contains("\"succeeded\"");
  }

  @Test
  void interruptionBeforeTheRunBeginsAdvisesTheSameCommand() {
    assertThat(interrupt()).isTrue();
    assertThat(messages)
        .containsExactly("interrupted by SIGTERM before the run began; the same command starts it");
  }

  @Test
  void interruptedHolderThatWasTakenOverLeavesTheStatusUnchanged() {
    String busy =
        "run run belongs to another process: it was taken over from this process, which must have"
            + " been paused; wait for it, or choose another --run-id";
    assertThatThrownBy(
            () ->
                run(
                    3,
                    held -> {
                      takeOver();
                      interrupt();
                      return done();
                    }))
        .isInstanceOf(UserException.class);
    assertThat(messages).containsExactly("interrupted by SIGTERM; " + busy);
    assertThat(status()).contains("\"running\"");
    assertThat(folder.resolve("run/lease/000001.released")).doesNotExist();
  }

  private void takeOver() {
    try {
      Files.writeString(folder.resolve("run/lease/000002.json"), "{}");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void takeoverIsReportedInsteadOfLaterFailures() {
    assertThatThrownBy(
            () ->
                run(
                    3,
                    held -> {
                      takeOver();
                      throw new IllegalStateException("my draft is gone");
                    }))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RUN_BUSY));
    assertThat(status()).contains("\"running\"");
  }

  @Test
  void finishedRunIsNotRunAgain() {
    run(3, held -> done());
    assertThat(
            run(
                    3,
                    held -> {
                      throw new AssertionError();
                    })
                .message())
        .isEqualTo("run run is finished already: all is well");
    assertThat(folder.resolve("run/lease/000002.json")).doesNotExist();
  }

  private static Manifest builtFrom(String commit, String java) {
    return manifest(3)
        .with(
            "versions",
            Map.of("meanfield", "0.1", "git_commit", commit, "java", java, "libtorch", "2.10"));
  }

  /** Begins a run and fails in the epoch after the completed ones. */
  private void fail(Manifest manifest, int completed) {
    assertThatThrownBy(
            () ->
                run(
                    manifest,
                    held -> {
                      TestEpochs.write(held, 1, completed, 0.6);
                      throw new IllegalStateException("killed");
                    }))
        .hasMessage("killed");
  }

  @Test
  void runThatAnotherBuildContinuesNamesBothBuilds() {
    fail(builtFrom("abc", "17"), 1);
    Manifest other = builtFrom("def", "21").with("versions.meanfield", "0.2");
    Outcome outcome =
        run(
            other,
            held -> {
              held.replaceManifest(other); // as retrain does
              return done().withNotes(List.of("of the job"));
            });
    assertThat(outcome.notes())
        .containsExactly(
            "of the job",
            "run run was begun by another build of Meanfield (versions.meanfield was \"0.1\", is"
                + " \"0.2\"; versions.git_commit was \"abc\", is \"def\"), so the bits of its"
                + " model may differ from those of an uninterrupted run");
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void runWithoutACompleteEpochIsWhollyOfTheBuildThatContinuesIt() {
    fail(builtFrom("abc", "17"), 0);
    assertThat(run(builtFrom("def", "17"), held -> done()).notes()).isEmpty();
  }

  @Test
  void statusIsRunningWhenTheManifestHasMoreEpochs() {
    run(3, held -> done());
    runOrExtend(
        4,
        held -> {
          assertThat(content("run.json")).contains("\"epochs\" : 4");
          assertThat(status()).contains("\"running\"");
          return done();
        });
    assertThat(status()).contains("\"succeeded\"");
  }
}
