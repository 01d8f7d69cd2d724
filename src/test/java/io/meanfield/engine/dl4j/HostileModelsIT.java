package io.meanfield.engine.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process with little memory reads hostile model files: each gives a sentence, none ends it. */
class HostileModelsIT {
  private static final int BOMB_BYTES = 400 << 20;
  private static final int CONFIGURATION_BYTES = 16 << 20;

  private static final int PEAK_MARGIN = 64; // MiB

  @TempDir private Path folder;
  @TempDir private Path validOnly;

  private List<String> outputOfProcess(Path files) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "-Xmx64m",
            "-Dorg.bytedeco.javacpp.maxBytes=64m",
            "-Dorg.bytedeco.javacpp.maxPhysicalBytes=700m",
            "-cp",
            System.getProperty("java.class.path"),
            HostileModelsMain.class.getName(),
            files.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().toList();
  }

  @Test
  void eachHostileFileIsRefusedWithin64MebibytesOfHeap() throws Exception {
    Files.write(validOnly.resolve("valid"), HostileModels.validFile());
    Files.write(folder.resolve("valid"), HostileModels.validFile());
    for (Map.Entry<String, byte[]> file : HostileModels.files(BOMB_BYTES).entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    int weights = HostileModels.WEIGHTS;
    String forNetwork = " numbers, expected " + weights + " for the network that it describes";
    String tooLong = " bytes in \"%s\", expected at most that many";
    List<String> output = outputOfProcess(folder);
    assertThat(output)
        .contains(
            "bomb-coefficients.bin: the file: coefficients.bin has bytes after its "
                + weights
                + " numbers",
            "bomb-configuration.json: the file has more than "
                + CONFIGURATION_BYTES
                + tooLong.formatted("configuration.json"),
            "bomb-meanfield.json: the file has more than "
                + CONFIGURATION_BYTES
                + tooLong.formatted("meanfield.json"),
            "declared-25M: the file: coefficients.bin has 25000000" + forNetwork,
            "declared-500M: the file: coefficients.bin has 500000000" + forNetwork,
            "declared-negative: the file: coefficients.bin has -1" + forNetwork,
            "dimension: the file: updaterState.bin has another shape than its "
                + 2 * weights
                + " numbers, expected [1, "
                + 2 * weights
                + "] of type FLOAT",
            "infinite: the file: updaterState.bin has the number Infinity at position 7, expected"
                + " finite numbers",
            "nan: the file: coefficients.bin has the number NaN at position 7, expected finite"
                + " numbers",
            "ten-numbers: the file: coefficients.bin ends too early, expected "
                + weights
                + " numbers",
            "ten-numbers-of-a-row: the file: coefficients.bin has another shape than its 10"
                + " numbers, expected [1, 10] of type FLOAT",
            "valid: read",
            // Equal models give equal bytes, whichever process writes them and when.
            "sha256: " + DigestUtils.sha256Hex(HostileModels.validFile()));
    int peak = peakMebibytes(output);
    int peakOfAValidFile = peakMebibytes(outputOfProcess(validOnly));
    System.out.printf(
        "hostile models: %d MiB at most, %d MiB for a valid model%n", peak, peakOfAValidFile);
    assertThat(peak).isLessThan(peakOfAValidFile + PEAK_MARGIN);
  }

  private static int peakMebibytes(List<String> output) {
    String peak = "peak: ";
    return output.stream()
        .filter(line -> line.startsWith(peak))
        .mapToInt(line -> Integer.parseInt(line.substring(peak.length())))
        .findFirst()
        .orElseThrow();
  }
}
