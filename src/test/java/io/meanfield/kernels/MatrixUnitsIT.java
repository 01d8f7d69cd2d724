package io.meanfield.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.meanfield.fixture.Mnist;
import io.meanfield.fixture.Submit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Products of bfloat16 on Intel's matrix units give the same weights wherever a run computes. */
@Tag("cluster")
class MatrixUnitsIT {
  // The digits of the smaller runs, which have convolutions and dense layers.
  private static final int DIGITS = 3_000;

  @TempDir private static Path runs;

  @BeforeAll
  static void processorHasMatrixUnits() {
    assumeTrue(
        Processor.here().runs(Kernels.X86_64_V4_AMX), "the processor lacks x86-64-v4-amx (AMX)");
  }

  private static String[] lenet(String id, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("train", "--conf", "jobs/mnist-lenet.conf", "--run-id", id));
    for (String assignment :
        List.of(
            Mnist.setting("train", Mnist.first(DIGITS)),
            "train.precision=bfloat16",
            "train.epochs=4",
            "run.page=none",
            "run.directory=\"" + runs + "\"")) {
      arguments.addAll(List.of("--set", assignment));
    }
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  private static String trained(String master, String id, String... more) throws Exception {
    Submit.Finished finished = Submit.runShort(master, lenet(id, more));
    assertThat(finished.exitCode()).as(finished.out() + finished.err()).isZero();
    assertThat(finished.err()).doesNotContain("slower");
    assertThat(kernels(id)).isEqualTo("x86-64-v4-amx");
    return finished.weights();
  }

  private static String kernels(String id) throws IOException {
    Path manifest = runs.resolve(id).resolve("run.json");
    return new ObjectMapper().readTree(manifest.toFile()).get("kernels").asText();
  }

  @Test
  @Tag("promise")
  void coresExecutorsAndAKilledProcessChangeNoBit() throws Exception {
    String expected = trained("local[1]", "one-core");
    assertThat(trained("local[2]", "two-cores")).isEqualTo(expected);
    assertThat(trained("local-cluster[2,1,1024]", "two-executors")).isEqualTo(expected);
    try (Submit running = Submit.startShort("local[2]", lenet("killed"))) {
      running.awaitFile(runs.resolve("killed/epochs/000001.json"));
      running.kill();
    }
    assertThat(runs.resolve("killed/epochs/000004.json")).doesNotExist();
    assertThat(trained("local[2]", "killed")).isEqualTo(expected);
  }

  @Test
  void otherKernelsOfTheSameProcessorGiveOtherBitsAndAreWarnedAbout() throws Exception {
    Submit.Finished finished =
        Submit.runShort("local[2]", lenet("v4", "--set", "run.kernels=x86-64-v4"));
    assertThat(finished.exitCode()).as(finished.out() + finished.err()).isZero();
    assertThat(finished.err())
        .contains("bfloat16 is slower than float32 with run.kernels = x86-64-v4");
    assertThat(finished.weights()).isNotEqualTo(trained("local[2]", "amx"));
  }
}
