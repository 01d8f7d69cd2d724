package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The environments of dev/test-python. */
public final class TestPython {
  /** The programs of the libraries that read what Meanfield writes. */
  public static final Path BIN = Path.of("target/python/bin").toAbsolutePath();

  /** Debian's Python with PyTorch and NumPy alone. */
  public static final Path PYTORCH = Path.of("target/pytorch/bin").toAbsolutePath();

  private TestPython() {}

  /** Skips the test if the libraries are missing, unless MEANFIELD_REQUIRE_PYTHON is 1. */
  public static void require(Path bin) {
    assumeTrue(
        Files.exists(bin.resolveSibling("requirements"))
            || "1".equals(System.getenv("MEANFIELD_REQUIRE_PYTHON")),
        "no Python libraries: call dev/test-python");
  }

  /** Runs a script of src/test/python with the environment's Python; returns what it prints. */
  public static String run(String script, Object... arguments) throws Exception {
    return run(BIN, Path.of(""), script, arguments);
  }

  /** Runs a script in a folder with the Python of an environment. */
  public static String run(Path bin, Path folder, String script, Object... arguments)
      throws Exception {
    require(bin);
    Path file = Path.of("src/test/python", script).toAbsolutePath();
    ProcessBuilder builder =
        new ProcessBuilder(bin.resolve("python").toString(), "-W", "ignore", file.toString());
    Arrays.stream(arguments).map(Object::toString).forEach(builder.command()::add);
    builder.directory(folder.toAbsolutePath().toFile());
    Path errors = Files.createTempFile("python", ".log");
    try {
      Process process = builder.redirectError(errors.toFile()).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(out + tail(errors)).isZero();
      return out;
    } finally {
      Files.delete(errors);
    }
  }

  private static String tail(Path file) throws IOException {
    String text = Files.readString(file);
    return text.substring(Math.max(0, text.length() - 5_000));
  }
}
