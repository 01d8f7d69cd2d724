package io.meanfield.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that runs one engine loads no classes of the other. */
class EngineLoadingIT {
  private static String classLoadingLog(String engine) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path"),
                EngineStartupMain.class.getName(),
                engine));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(log).isZero();
    return log;
  }

  @ParameterizedTest
  @CsvSource({
    "torch, org.bytedeco.pytorch.Tensor, org.nd4j.",
    "dl4j, org.nd4j.linalg.factory.Nd4j, org.bytedeco.pytorch."
  })
  void onlyTheClassesOfTheUsedEngineAreLoaded(String engine, String used, String unused)
      throws Exception {
    assertThat(classLoadingLog(engine).lines().filter(line -> line.contains(" source: ")))
        .anyMatch(line -> line.contains(used))
        .noneMatch(line -> line.contains(unused));
  }
}
