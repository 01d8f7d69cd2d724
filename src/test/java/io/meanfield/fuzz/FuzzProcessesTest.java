package io.meanfield.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FuzzProcessesTest {
  @TempDir private Path folder;

  @Test
  void reasonOfAProcessThatEndedIsTheLastCauseThatItPrinted() {
    Path errors =
        Fixtures.write(
            folder.resolve("log"),
            """
            WARN a file cannot be used
            Exception in thread "main" java.lang.IllegalStateException: a case could not be run
            \tat io.meanfield.fuzz.FuzzChild.main(FuzzChild.java:30)
            Caused by: java.io.IOException: No space left on device
            \tat java.nio.file.Files.write(Files.java:1)
            """);
    assertThat(FuzzProcesses.reason(errors))
        .isEqualTo("Caused by: java.io.IOException: No space left on device");
    assertThat(FuzzProcesses.reason(Fixtures.write(errors, "WARN x\n"))).isEmpty();
  }
}
