package io.meanfield.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.LocalSpark;
import io.meanfield.doctor.Diagnosis;
import io.meanfield.doctor.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Examines the shared local session. */
class DoctorJobIT {
  @TempDir private Path folder;

  private Diagnosis diagnose(String... assignments) {
    List<String> all = new ArrayList<>(List.of("data.format=csv", "data.columns.label=b"));
    all.addAll(Arrays.asList(assignments));
    return new DoctorJob(LocalSpark.session(), JobSettings.load(List.of(), all)).run();
  }

  private String table() throws IOException {
    return Files.writeString(folder.resolve("table.csv"), "a,b\n1,2\n").toString();
  }

  private static Finding of(Diagnosis diagnosis, String check) {
    return diagnosis.findings().stream()
        .filter(each -> each.check().equals(check))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void allChecksAreOkOnASoundMachine() throws IOException {
    Path runs = folder.resolve("deep/runs");
    Diagnosis diagnosis =
        diagnose(
            "run.directory=" + runs, "data.train.path=" + table(), "data.test.path=" + table());
    assertThat(diagnosis.findings())
        .allSatisfy(each -> assertThat(each.result()).as("%s", each).isEqualTo(Finding.Result.OK));
    assertThat(diagnosis.findings())
        .extracting(Finding::check)
        .containsExactly(
            "software",
            "memory",
            "data.train",
            "data.test",
            "run.directory",
            "engine",
            "math threads",
            "GPU",
            "executors");
    assertThat(of(diagnosis, "run.directory"))
        .isEqualTo(
            new Finding(
                "run.directory",
                List.of("driver", "local executor"),
                Finding.Result.OK,
                runs + ": writes, reads and creates files atomically",
                ""));
    assertThat(of(diagnosis, "executors").message()).isEqualTo("1 executor answered");
    assertThat(diagnosis.isHealthy()).isTrue();
  }

  @Test
  void examinationLeavesNothingInTheFileSystem() throws IOException {
    Path runs = Files.createDirectory(folder.resolve("runs"));
    Files.createDirectory(runs.resolve("mnist-1"));
    diagnose("run.directory=" + runs);
    diagnose("run.directory=" + folder.resolve("deep/runs"));
    assertThat(runs).isDirectoryContaining(each -> each.endsWith("mnist-1"));
    assertThat(runs.toFile().list()).containsExactly("mnist-1");
    assertThat(folder.toFile().list()).containsExactly("runs");
  }

  @Test
  void inputAndRegistryOfRetrainAreOkOnASoundMachine() throws IOException {
    Path night = Files.createDirectories(folder.resolve("in/date=2026-01-05"));
    Files.createDirectories(folder.resolve("in/date=2026-01-04"));
    Files.writeString(folder.resolve("in/date=2026-01-04/a.csv"), "a,b\n1,2\n");
    Files.writeString(night.resolve("b.csv"), "a,b\n1,2\n");
    Path models = folder.resolve("deep/models");
    Diagnosis diagnosis =
        diagnose(
            "run.directory=" + folder.resolve("runs"),
            "registry.directory=" + models,
            "retrain { model = churn, floor = 0.5, input = \"" + folder.resolve("in") + "\" }");
    assertThat(of(diagnosis, "retrain.input"))
        .isEqualTo(
            new Finding(
                "retrain.input",
                List.of("driver", "local executor"),
                Finding.Result.OK,
                night.resolve("b.csv") + ": 1 file",
                ""));
    assertThat(of(diagnosis, "registry.directory"))
        .isEqualTo(
            Finding.ok(
                "registry.directory",
                "driver",
                models + ": writes, reads and creates files atomically"));
    assertThat(diagnosis.isHealthy()).isTrue();
    assertThat(folder.toFile().list()).containsExactly("in");
  }

  @Test
  void inputWithoutDataIsOk() throws IOException {
    Path input = Files.createDirectory(folder.resolve("in"));
    Diagnosis diagnosis =
        diagnose(
            "run.directory=" + folder.resolve("runs"),
            "registry.directory=" + folder.resolve("models"),
            "retrain { model = churn, floor = 0.5, input = \"" + input + "\" }");
    assertThat(of(diagnosis, "retrain.input"))
        .isEqualTo(Finding.ok("retrain.input", "driver", input + " has no data yet"));
    assertThat(diagnosis.isHealthy()).isTrue();
  }

  @Test
  void everythingThatRetrainLacksFails() throws IOException {
    String models = table() + "/models"; // below a file
    Path input = folder.resolve("none");
    Diagnosis diagnosis =
        diagnose(
            "run.directory=" + folder.resolve("runs"),
            "registry.directory=" + models,
            "retrain { model = churn, input = \"" + input + "\" }");
    assertThat(of(diagnosis, "retrain").message())
        .isEqualTo(
            "retrain.floor is not set; set it to the least good accuracy with which a first model"
                + " may be promoted");
    assertThat(of(diagnosis, "retrain.input").message())
        .isEqualTo(
            "retrain.input is "
                + input
                + ", which does not exist; set it to the directory in which new data arrive");
    assertThat(of(diagnosis, "registry.directory").message())
        .startsWith(models + " cannot be written: ");
    assertThat(of(diagnosis, "registry.directory").remedy())
        .isEqualTo(
            "set registry.directory to a directory that the user of the process may write to");
    assertThat(diagnosis.failures()).isEqualTo(3);
  }

  @Test
  void unwritableDirectoryAndMissingDataFail() throws IOException {
    String runs = table() + "/runs"; // below a file
    Diagnosis diagnosis =
        diagnose("run.directory=" + runs, "data.test.path=" + folder.resolve("none.csv"));
    Finding directory = of(diagnosis, "run.directory");
    assertThat(directory.result()).isEqualTo(Finding.Result.FAILED);
    assertThat(directory.where()).containsExactly("driver");
    assertThat(directory.message()).startsWith(runs + " cannot be written: ");
    assertThat(directory.remedy())
        .isEqualTo("set run.directory to a directory that the user of the process may write to");
    assertThat(of(diagnosis, "data.test"))
        .isEqualTo(
            Finding.failed(
                "data.test",
                "driver",
                folder.resolve("none.csv") + " matches no file",
                "set data.test to files that exist and that the user may read"));
    assertThat(of(diagnosis, "data.train").message()).isEqualTo("not set");
    assertThat(diagnosis.failures()).isEqualTo(2);
    assertThat(diagnosis.isHealthy()).isFalse();
  }
}
