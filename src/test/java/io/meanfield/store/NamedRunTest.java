package io.meanfield.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedRunTest {
  @TempDir private Path folder;

  private Runs runs;

  @BeforeEach
  void claim() {
    runs = new Runs(new Configuration(), folder.resolve("runs").toString());
    runs.claim(new RunId("run-1"), Manifest.of(Map.of()));
  }

  @Test
  void runIsNamedByIdPathOrUri() {
    Path run = folder.resolve("runs/run-1");
    for (String name : new String[] {"run-1", run.toString(), run + "/", "file://" + run}) {
      assertThat(runs.named(name).display()).as(name).isEqualTo(run.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "run 1", "run-1\n", "rün", "*", "run-1%2f", "-", "run:1"})
  void nameThatIsNoIdIsNoRun(String name) {
    assertThatThrownBy(() -> runs.named(name))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "there is no run "
                + name.replace("\n", "?")
                + " in "
                + folder.resolve("runs")
                + ", which has run-1; expected the id of a run or the path of its directory")
        .extracting(e -> ((UserException) e).code())
        .isEqualTo(ErrorCode.WRONG_ARGUMENTS);
  }

  @Test
  void runsWithTheNearestNamesAreNamed() {
    for (String id : new String[] {"digits-1", "run-2", "run-3", "run-11", "run-12"}) {
      runs.claim(new RunId(id), Manifest.of(Map.of()));
    }
    folder.resolve("runs/run-13").toFile().mkdir(); // no run
    assertThatThrownBy(() -> runs.existing("run-13", "the id of a run"))
        .hasMessage(
            "there is no run run-13 in "
                + folder.resolve("runs")
                + ", where the nearest names are run-1, run-11, run-12, run-3, run-2; expected the"
                + " id of a run");
    assertThatThrownBy(
            () ->
                new Runs(new Configuration(), folder.resolve("none").toString())
                    .existing("run-1", "the id of a run"))
        .hasMessage(
            "there is no run run-1 in "
                + folder.resolve("none")
                + ", which has no runs; expected the id of a run");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "//", "/..", "runs/none", "../run-1", "/run-1/../..", "./run 1"})
  void pathWithoutARunIsRefused(String path) {
    assertThatThrownBy(() -> runs.named(path))
        .isInstanceOf(UserException.class)
        .hasMessage("there is no run in " + path + "; expected the directory of a run");
  }

  @Test
  void pathCannotLeaveTheDirectoryThatItNames() {
    String path = folder + "/runs/run-1/../run-1";
    assertThat(runs.named(path).display()).isEqualTo(folder.resolve("runs/run-1").toString());
  }
}
