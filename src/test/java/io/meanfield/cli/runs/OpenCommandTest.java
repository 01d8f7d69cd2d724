package io.meanfield.cli.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.meanfield.cli.CommandResult;
import io.meanfield.cli.FinishedRuns;
import io.meanfield.cli.ReadOnlyDisk;
import io.meanfield.store.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenCommandTest {
  @TempDir private Path folder;

  private FinishedRuns runs;

  @BeforeEach
  void train() {
    runs = new FinishedRuns(folder.resolve("runs"));
    runs.train(
        "mnist-1",
        "command = train, run_id = mnist-1, settings.train.epochs = 2",
        2,
        0.5,
        Map.of("validation_accuracy", 0.75));
  }

  @Test
  void pageIsWrittenIntoTheRunAgain() throws IOException {
    Path page = runs.path("mnist-1").resolve("report.html");
    Files.writeString(page, "of an earlier version");
    CommandResult result = CommandResult.of(folder, "open", "mnist-1");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).isEqualTo("page     " + page + "\n");
    assertThat(Files.readString(page)).contains("mnist-1").doesNotContain("of an earlier version");
  }

  @Test
  void pageOfARunOnAnyPathIsWrittenToTheFileThatTheUserNames() throws IOException {
    Path out = folder.resolve("page.html");
    CommandResult result =
        CommandResult.of(
            folder, "open", "--json", "--out", out.toString(), "file://" + runs.path("mnist-1"));
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(new ObjectMapper().readTree(result.out()).get("page").asText())
        .isEqualTo(out.toString());
    assertThat(out).exists();
    assertThat(runs.path("mnist-1").resolve("report.html")).doesNotExist();
  }

  @Test
  void pageOfARunThatCannotBeWrittenIsInTheWorkingDirectory() throws IOException {
    Path written = Path.of("mnist-1.html").toAbsolutePath();
    System.setProperty(ReadOnlyDisk.PROPERTY, ReadOnlyDisk.class.getName());
    try {
      CommandResult result = CommandResult.of(folder, "open", "readonly://" + runs.path("mnist-1"));
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.out().lines())
          .hasSize(2)
          .anyMatch(line -> line.startsWith("note     the run cannot be written: cannot write "))
          .contains("page     " + written);
      assertThat(written).exists();
      assertThat(runs.path("mnist-1").resolve("report.html")).doesNotExist();
    } finally {
      System.clearProperty(ReadOnlyDisk.PROPERTY);
      Files.deleteIfExists(written);
      Files.deleteIfExists(Path.of(".mnist-1.html.crc"));
    }
  }

  @Test
  void pageOfARunThatHasNotEndedIsInTheWorkingDirectory() throws IOException {
    FinishedRuns.write(
        runs.claim("living", "command = train, run_id = living"),
        Status.running(FinishedRuns.START));
    Path last = runs.path("living").resolve("report.html");
    Files.writeString(last, "the page that its process has just written");
    Path written = Path.of("living.html").toAbsolutePath();
    try {
      CommandResult result = CommandResult.of(folder, "open", "living");
      assertThat(result.exitCode()).as(result.err()).isZero();
      assertThat(result.out())
          .isEqualTo(
              "note     the run has not ended, so its page is not in the run\npage     "
                  + written
                  + "\n");
      assertThat(written).exists();
      assertThat(last).hasContent("the page that its process has just written");
    } finally {
      Files.deleteIfExists(written);
      Files.deleteIfExists(Path.of(".living.html.crc"));
    }
  }

  @Test
  void unknownRunIsAnArgumentError() {
    CommandResult result = CommandResult.of(folder, "open", "../mnist-1");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo("error: there is no run in ../mnist-1; expected the directory of a run\n");
  }
}
