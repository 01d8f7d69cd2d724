package io.meanfield.engine.torch.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads LibTorch in a process that unpacks it, on a machine with another installation of it. */
@Tag("cluster")
@Tag("promise")
class LibTorchFilesIT {
  @TempDir private Path unpacked;
  @TempDir private Path others;

  /** Prints the reason why LibTorch does not load, or that it does. */
  static final class Load {
    private Load() {}

    public static void main(String[] none) {
      System.out.println(LibTorch.unsupportedReason().orElse("loaded"));
    }
  }

  @Test
  void anotherInstallationOnTheLibraryPathIsNotUsed() throws Exception {
    for (String library : new String[] {"libtorch_cpu.so", "libc10.so", "libtorch.so"}) {
      writeLibraryWithoutSymbols(others.resolve(library));
    }
    Process process = start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    assertThat(printed).isEqualTo("loaded\n");
  }

  private static void writeLibraryWithoutSymbols(Path file) throws IOException {
    Files.copy(Path.of(System.getProperty("java.home"), "lib", "libnet.so"), file);
  }

  private Process start() throws IOException {
    ProcessBuilder command =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.bytedeco.javacpp.cachedir=" + unpacked,
                "-cp",
                System.getProperty("java.class.path"),
                Load.class.getName())
            .redirectErrorStream(true);
    command.environment().put("LD_LIBRARY_PATH", others.toString());
    return command.start();
  }
}
