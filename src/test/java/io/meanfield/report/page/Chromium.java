package io.meanfield.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A headless Chromium, which the scripts of dev/browser steer. */
public final class Chromium {
  private static final Path MODULES = Path.of("target/browser/node_modules");

  private Chromium() {}

  /** Skips the test if Chromium is not prepared, unless MEANFIELD_REQUIRE_BROWSER is 1. */
  public static void require() {
    boolean ready =
        Files.isDirectory(MODULES.resolve("playwright-core"))
            && Files.isDirectory(MODULES.resolve("axe-core"));
    assumeTrue(
        ready || "1".equals(System.getenv("MEANFIELD_REQUIRE_BROWSER")),
        "no browser: dev/test-browser prepares it");
  }

  /** Runs a script on pages and returns the JSON that it prints. */
  public static JsonNode run(String script, List<Path> pages)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node", "dev/browser/" + script));
    pages.forEach(page -> command.add(page.toString()));
    Path errors = Files.createTempFile("browser", ".err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().put("NODE_PATH", MODULES.toAbsolutePath().toString());
    Process node = builder.start();
    String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(node.waitFor()).as(Files.readString(errors)).isZero();
    Files.delete(errors);
    return new ObjectMapper().readTree(output);
  }
}
