package io.meanfield.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meanfield.fixture.Mnist;
import io.meanfield.fixture.Submit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls scripts/submit doctor on two executors in processes of their own. */
@Tag("cluster")
@Tag("promise")
class DoctorIT {
  private static final FileAttribute<Set<PosixFilePermission>> EXECUTABLE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** Two executors; the driver begins when both have registered. */
  private static final String TWO_EXECUTORS =
      "local-cluster[2,1,1024] --conf spark.cores.max=2"
          + " --conf spark.scheduler.minRegisteredResourcesRatio=1";

  @TempDir private Path folder;

  private Submit.Finished doctor(String master, String... more) throws Exception {
    String[] arguments = new String[more.length + 5];
    arguments[0] = "doctor";
    arguments[1] = "--conf";
    arguments[2] = "jobs/mnist-train.conf";
    arguments[3] = "--set";
    arguments[4] = "run.directory=" + folder.resolve("runs");
    System.arraycopy(more, 0, arguments, 5, more.length);
    return Submit.runShort(master, arguments);
  }

  private static Map<String, JsonNode> byCheck(JsonNode report) {
    Map<String, JsonNode> findings = new HashMap<>();
    report.get("findings").forEach(each -> findings.put(each.get("check").asText(), each));
    return findings;
  }

  @Test
  void everyExecutorIsExaminedAndFoundSound() throws Exception {
    Submit.Finished finished =
        doctor(
            TWO_EXECUTORS + " --conf spark.serializer=org.apache.spark.serializer.KryoSerializer",
            "--json");
    assertThat(finished.exitCode()).as(finished.out() + finished.err()).isZero();
    JsonNode report = new ObjectMapper().readTree(finished.out());
    assertThat(report.get("state").asText()).isEqualTo("succeeded");
    assertThat(report.get("exit_code").asInt()).isZero();
    Map<String, JsonNode> findings = byCheck(report);
    assertThat(findings.values())
        .allSatisfy(each -> assertThat(each.get("result").asText()).isEqualTo("ok"));
    assertThat(findings.get("executors").get("message").asText()).isEqualTo("2 executors answered");
    for (String check : new String[] {"engine", "run.directory", "data.train", "data.test"}) {
      assertThat(findings.get(check).get("where")).as(check).hasSize(3);
    }
    assertThat(findings.get("GPU").get("where")).hasSize(2);
    assertThat(folder.resolve("runs")).isEmptyDirectory();
  }

  @Test
  void jobThatTheExecutorsCannotDoIsRefusedBeforeItBegins() throws Exception {
    String own = "/proc/self/cwd/";
    Submit.Finished finished =
        Submit.runShort(
            TWO_EXECUTORS,
            "train",
            "--conf",
            "jobs/mnist-train.conf",
            "--run-id",
            "refused",
            "--set",
            "run.directory=" + own + "target/refused-runs",
            "--set",
            "data.train.images=" + own + Mnist.train().images().get(0));
    assertThat(finished.exitCode()).as(finished.out() + finished.err()).isEqualTo(2);
    assertThat(finished.err())
        .containsPattern(
            "error: executor . on [^ ]+, executor . on [^ ]+: "
                + Pattern.quote(
                    own
                        + Mnist.train().images().get(0)
                        + " matches no file, but the driver can read it; move the data to a file"
                        + " system that all machines share, such as hdfs:///data"))
        .containsPattern(
            "executor . on [^ ]+, executor . on [^ ]+: "
                + Pattern.quote(
                    "a file that the driver created in "
                        + own
                        + "target/refused-runs is missing; set run.directory to a file system that"
                        + " all machines share, such as hdfs:///runs"));
    assertThat(Path.of("target/refused-runs/refused")).doesNotExist();
  }

  /** Returns options of spark-submit that announce a GPU that the machine lacks. */
  private String announcedGpus() throws IOException {
    Path script = Files.createFile(folder.resolve("gpus"), EXECUTABLE);
    Files.writeString(script, "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"7\"]}'\n");
    return Stream.of(
            "worker.resource.gpu.amount=1",
            "worker.resource.gpu.discoveryScript=" + script,
            "executor.resource.gpu.amount=1",
            "executor.resource.gpu.discoveryScript=" + script,
            "task.resource.gpu.amount=1")
        .map(setting -> " --conf spark." + setting)
        .collect(Collectors.joining());
  }

  @Test
  void failuresAreLinesWithRemediesAndExitCodeOne() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    Submit.Finished finished =
        doctor(
            TWO_EXECUTORS + announcedGpus(),
            "--set",
            "run.directory=" + file + "/runs",
            "--set",
            "data.test.images=" + folder.resolve("none"));
    assertThat(finished.exitCode()).as(finished.out() + finished.err()).isEqualTo(1);
    assertThat(finished.out())
        .contains(
            "failed   data.test          driver: "
                + folder.resolve("none")
                + " matches no file; set data.test to files that exist and that the user may read",
            ": Spark assigns the GPU 7, but the",
            "; check run.directory, its permissions and the free space");
  }
}
