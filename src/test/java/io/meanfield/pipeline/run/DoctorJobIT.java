package io.meanfield.pipeline.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.doctor.Diagnosis;
import io.meanfield.doctor.Finding;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.pipeline.settings.JobSettings;
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
            "GPU",
            "executors");
    assertThat(of(diagnosis, "run.directory"))
        .isEqualTo(
            new Finding(
                "run.directory",
                List.of("driver", "local executor"),
                Finding.Result.OK,
                runs + " can be written",
                ""));
    assertThat(of(diagnosis, "executors").message()).isEqualTo("1 executor answered");
    assertThat(diagnosis.isHealthy()).isTrue();
  }

  @Test
  void examinationLeavesNothingInTheFileSystem() throws IOException {
    Path runs = Files.createDirectory(folder.resolve("runs"));
    Files.createDirectory(runs.resolve("mnist-1"));
    diagnose("run.directory=" + runs);
    assertThat(runs).isDirectoryContaining(each -> each.endsWith("mnist-1"));
    assertThat(runs.toFile().list()).containsExactly("mnist-1");
  }

  @Test
  void unwritableDirectoryAndMissingDataFail() throws IOException {
    String runs = table() + "/runs"; // below a file
    Diagnosis diagnosis =
        diagnose("run.directory=" + runs, "data.test.path=" + folder.resolve("none.csv"));
    Finding directory = of(diagnosis, "run.directory");
    assertThat(directory.result()).isEqualTo(Finding.Result.FAILED);
    assertThat(directory.where()).containsExactly("driver");
    assertThat(directory.message())
        .startsWith("cannot write " + runs + ": ")
        .endsWith("; check run.directory, its permissions and the free space");
    assertThat(of(diagnosis, "data.test"))
        .isEqualTo(
            new Finding(
                "data.test",
                List.of("driver"),
                Finding.Result.FAILED,
                folder.resolve("none.csv") + " matches no file",
                "set data.test to files that exist and that the user may read"));
    assertThat(of(diagnosis, "data.train").message()).isEqualTo("not set");
    assertThat(diagnosis.failures()).isEqualTo(2);
    assertThat(diagnosis.isHealthy()).isFalse();
  }
}
