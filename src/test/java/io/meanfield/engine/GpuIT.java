package io.meanfield.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.Mnist;
import io.meanfield.fixture.Submit;
import io.meanfield.kernels.NativeLibraries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trains with conf/gpu.conf on executors to which Spark assigns a GPU that this machine lacks. The
 * address comes from scripts/gpu-discovery and a program that stands for nvidia-smi.
 */
@Tag("cluster")
class GpuIT {
  private static final String UNUSABLE =
      "Spark assigned the GPU 7 to a task on "
          + NativeLibraries.hostName()
          + ", but the machine has no driver of NVIDIA; correct that, or submit the job without"
          + " GPUs to compute on the CPU";

  @TempDir private static Path folder;

  @BeforeAll
  static void createNvidiaSmi() throws Exception {
    assumeFalse(NativeLibraries.hasGpuDriver(), "the machine has a GPU");
    Path program = folder.resolve("nvidia-smi");
    Files.writeString(program, "#!/bin/sh\necho 'GPU 7: Tesla T4 (UUID: GPU-5d5ba0d6)'\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  private static Submit.Finished onGpus(String... arguments) throws Exception {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--master",
                "local-cluster[2,1,1024]",
                "--properties-file",
                "conf/gpu.conf",
                "--conf",
                "spark.worker.resource.gpu.amount=1",
                "--conf",
                "spark.worker.resource.gpu.discoveryScript="
                    + Path.of("scripts/gpu-discovery").toAbsolutePath(),
                "--conf",
                "spark.ui.enabled=false"));
    options.addAll(Submit.FAST_START_OPTIONS);
    Map<String, String> environment =
        Map.of("PATH", folder + ":" + System.getenv("PATH"), "SPARK_HOME", Submit.SPARK_HOME);
    try (Submit submit = Submit.startIn(environment, options, arguments)) {
      return submit.finish();
    }
  }

  private static String[] training(String id) {
    return new String[] {
      "train",
      "--conf",
      "jobs/mnist-train.conf",
      "--run-id",
      id,
      "--set",
      "train.epochs=1",
      "--set",
      Mnist.setting("train", Mnist.first(2_000)),
      "--set",
      "run.directory=" + folder.resolve("runs")
    };
  }

  @Test
  void assignedGpuThatCannotBeUsedFailsTheRunWhichContinuesOnTheCpuWithoutGpus() throws Exception {
    Submit.Finished refused = onGpus(training("gpu"));
    assertThat(refused.err()).contains("error: " + UNUSABLE + "\n");
    assertThat(refused.exitCode()).isEqualTo(2);

    Submit.Finished continued = Submit.runShort("local[2]", training("gpu"));
    assertThat(continued.exitCode()).as(continued.out() + continued.err()).isZero();
    assertThat(
            LocalSpark.session()
                .read()
                .parquet(folder.resolve("runs/gpu/tables/rounds").toString())
                .collectAsList())
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.<String>getAs("gpu")).isNull());

    Submit.Finished evaluated =
        onGpus(
            "evaluate",
            "--conf",
            "jobs/mnist-evaluate.conf",
            "--model",
            "gpu",
            "--set",
            "run.directory=" + folder.resolve("runs"));
    assertThat(evaluated.err()).contains("error: " + UNUSABLE + "\n");
    assertThat(evaluated.exitCode()).isEqualTo(2);
  }
}
