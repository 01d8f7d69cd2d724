package io.meanfield.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MutationTest {
  private static final byte[] CONTENT = bytes("{\n  \"a\" : 12,\n  \"b\" : [ \"c\", 0.5 ]\n}\n");
  private static final int LONGEST_INSERTION = 100_000;
  private static final byte[] OTHER = bytes("{\n  \"a\" : 34\n}\n");

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static Stream<Mutation> mutations() {
    return Stream.of(BinaryMutation.values(), TextMutation.values()).flatMap(Stream::of);
  }

  @ParameterizedTest
  @MethodSource("mutations")
  void mostSeedsChangeTheContent(Mutation mutation) {
    long changed =
        IntStream.range(0, 100)
            .filter(
                seed ->
                    !Arrays.equals(CONTENT, mutation.apply(CONTENT, OTHER, new Draws("a", seed))))
            .count();
    assertThat(changed).isGreaterThan(50);
  }

  @ParameterizedTest
  @MethodSource("mutations")
  void emptyAndShortFilesCanBeMutated(Mutation mutation) {
    for (String content : List.of("", "a")) {
      for (int seed = 0; seed < 100; seed++) {
        assertThat(mutation.apply(bytes(content), new byte[0], new Draws("a", seed)))
            .hasSizeLessThanOrEqualTo(content.length() + LONGEST_INSERTION);
      }
    }
  }

  @Test
  void drawsDependOnFormatAndSeed() {
    assertThat(new Draws("a", 1).bytes(8)).isEqualTo(new Draws("a", 1).bytes(8));
    assertThat(new Draws("a", 1).bytes(8)).isNotEqualTo(new Draws("a", 2).bytes(8));
    assertThat(new Draws("a", 1).bytes(8)).isNotEqualTo(new Draws("b", 1).bytes(8));
  }
}
