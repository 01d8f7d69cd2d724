package io.meanfield.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.learner.Device;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The check of dev/gpu-check, as far as it goes without a GPU. */
class GpuCheckTest {
  private static Stream<String> networks() {
    return GpuCheck.NETWORKS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void deviceEqualsItself(String name) {
    GpuCheck.Comparison found =
        new GpuCheck(GpuCheck.NETWORKS.get(name), 2, 4).compare(Device.CPU, Device.CPU);
    assertThat(found.weights()).isZero();
    assertThat(found.outputs()).isZero();
    assertThat(found.loss()).isZero();
    assertThat(found.reference()).isPositive();
    assertThat(found.problem()).isEmpty();
  }

  @Test
  void scriptNeedsAGpu(@TempDir Path folder) throws Exception {
    Path program =
        Files.writeString(folder.resolve("nvidia-smi"), "#!/bin/sh\necho broken\nexit 9");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    ProcessBuilder builder = new ProcessBuilder("dev/gpu-check").redirectErrorStream(true);
    builder.environment().put("PATH", folder + ":/usr/bin:/bin");
    Process process = builder.start();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .startsWith(
            "error: dev/gpu-check needs a machine with a GPU of NVIDIA: nvidia-smi -L failed on ")
        .hasLineCount(1);
    assertThat(process.waitFor()).isEqualTo(1);
  }
}
