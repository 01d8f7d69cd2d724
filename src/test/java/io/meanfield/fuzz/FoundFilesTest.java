package io.meanfield.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files with which earlier versions failed, of the formats that plain Java reads. */
class FoundFilesTest {
  @TempDir private Path folder;

  static Stream<Format> formats() {
    return Violations.found(Format.Reader.PLAIN);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void foundFilesAreReadOrRefused(Format format) {
    assertThat(Violations.ofFound(format, folder)).isEmpty();
  }
}
