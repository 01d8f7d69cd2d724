package io.meanfield.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.resource.ResourceInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scripts/gpu-discovery makes of the output of nvidia-smi -L. */
class GpuDiscoveryTest {
  @TempDir private Path folder;

  private record Finished(int exitCode, String out, String err) {}

  private void nvidiaSmi(String script) throws IOException {
    Path file = folder.resolve("nvidia-smi");
    Files.writeString(file, "#!/bin/sh\n[ \"$*\" = -L ] || exit 9\n" + script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private void listing(String... lines) throws IOException {
    nvidiaSmi("cat << 'END'\n" + String.join("\n", lines) + "\nEND\n");
  }

  private Finished discover() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(List.of("bash", Path.of("scripts/gpu-discovery").toAbsolutePath() + ""));
    builder.environment().put("PATH", folder + ":/usr/bin:/bin");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Finished(process.waitFor(), out, err);
  }

  /** Returns the addresses as Spark reads them. */
  private List<String> addresses() throws Exception {
    Finished finished = discover();
    assertThat(finished.exitCode()).as(finished.err()).isZero();
    ResourceInformation found = ResourceInformation.parseJson(finished.out().strip());
    assertThat(found.name()).isEqualTo("gpu");
    return new ArrayList<>(List.of(found.addresses()));
  }

  private void assertFailed(String message) throws Exception {
    Finished finished = discover();
    String host = InetAddress.getLocalHost().getHostName();
    assertThat(finished.err().replace(" on " + host, " on HOST"))
        .isEqualTo("error: " + message + "\n");
    assertThat(finished.out()).isEmpty();
    assertThat(finished.exitCode()).isEqualTo(1);
  }

  @Test
  void wholeGpusHaveIndexes() throws Exception {
    listing(
        "GPU 0: NVIDIA H100 80GB HBM3 (UUID: GPU-5d5ba0d6-d33d-2b2c-524d-9e3d8d2b8a77)",
        "GPU 1: NVIDIA H100 80GB HBM3 (UUID: GPU-8ce8a5e4-3d5b-1ad1-3a9b-6f7a4c9c1f00)");
    assertThat(addresses()).containsExactly("0", "1");
  }

  @Test
  void oneGpuIsAListToo() throws Exception {
    listing("GPU 0: Tesla T4 (UUID: GPU-5d5ba0d6-d33d-2b2c-524d-9e3d8d2b8a77)");
    assertThat(addresses()).containsExactly("0");
  }

  @Test
  void dividedGpusHaveTheUuidsOfTheirParts() throws Exception {
    listing(
        "GPU 0: NVIDIA A100-SXM4-40GB (UUID: GPU-5d5ba0d6-d33d-2b2c-524d-9e3d8d2b8a77)",
        "  MIG 3g.20gb     Device  0: (UUID: MIG-c6d4f1ef-42e4-5de3-91c7-45d71c87eb3f)",
        "  MIG 3g.20gb     Device  1: (UUID: MIG-cba663e8-9bed-5b25-b243-5985ef7c9beb)",
        "GPU 1: NVIDIA A100-SXM4-40GB (UUID: GPU-8ce8a5e4-3d5b-1ad1-3a9b-6f7a4c9c1f00)");
    assertThat(addresses())
        .containsExactly(
            "MIG-c6d4f1ef-42e4-5de3-91c7-45d71c87eb3f",
            "MIG-cba663e8-9bed-5b25-b243-5985ef7c9beb",
            "GPU-8ce8a5e4-3d5b-1ad1-3a9b-6f7a4c9c1f00");
  }

  @Test
  void failedDriverIsReported() throws Exception {
    nvidiaSmi("echo \"NVIDIA-SMI has failed\"\necho \"because of the driver.\"\nexit 9\n");
    assertFailed(
        "nvidia-smi -L failed on HOST: NVIDIA-SMI has failed because of the driver.; repair the"
            + " driver of NVIDIA, or leave spark.*.resource.gpu.* out");
  }

  @Test
  void machineWithoutGpusIsReported() throws Exception {
    nvidiaSmi("echo No devices found.\n");
    assertFailed("nvidia-smi -L lists no GPU on HOST; leave spark.*.resource.gpu.* out");
  }

  @Test
  void machineWithoutADriverIsReported() throws Exception {
    assertFailed(
        "found no nvidia-smi on HOST; install the driver of NVIDIA, or leave"
            + " spark.*.resource.gpu.* out");
  }
}
