package io.meanfield.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeterminismTest {
  @TempDir private Path first;
  @TempDir private Path second;

  static Stream<Format> formats() {
    return Format.readBy(Format.Reader.PLAIN);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aSeedGivesTheSameFileEveryTime(Format format) {
    try (Trial one = new Trial(format, first);
        Trial other = new Trial(format, second)) {
      for (int seed = 1; seed <= 50; seed++) {
        assertThat(one.content(seed)).isEqualTo(other.content(seed));
      }
    }
  }
}
