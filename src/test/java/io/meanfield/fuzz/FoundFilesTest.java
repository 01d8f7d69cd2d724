package io.meanfield.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files under {@code src/test/resources/fuzz/FORMAT} with which earlier versions failed. */
class FoundFilesTest {
  private static final Path FOUND = Path.of("src/test/resources/fuzz");

  @TempDir private Path folder;

  static Stream<Format> formats() {
    return Format.readBy(Format.Reader.PLAIN).filter(format -> Files.exists(files(format)));
  }

  private static Path files(Format format) {
    return FOUND.resolve(format.display());
  }

  @ParameterizedTest
  @MethodSource("formats")
  void foundFilesAreReadOrRefused(Format format) throws IOException {
    List<Path> found;
    try (Stream<Path> files = Files.list(files(format))) {
      found = files.sorted().toList();
    }
    assertThat(found).isNotEmpty();
    try (TimedTrial trial = new TimedTrial(format, folder, Duration.ofSeconds(60))) {
      for (Path file : found) {
        assertThat(trial.read(Files.readAllBytes(file)))
            .describedAs("%s", file)
            .isNotInstanceOf(Outcome.Violation.class);
      }
    }
  }
}
