package io.meanfield.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The mutated files of the formats that plain Java reads. */
class ParserFuzzTest {
  @TempDir private Path folder;

  static Stream<Format> formats() {
    return Format.readBy(Format.Reader.PLAIN);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void mutatedFilesAreReadOrRefused(Format format) {
    assertThat(Violations.of(format, folder)).isEmpty();
  }
}
