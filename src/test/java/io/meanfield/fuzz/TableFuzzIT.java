package io.meanfield.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.LocalSpark;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The mutated files of the formats that Spark reads. */
class TableFuzzIT {
  // Planning takes most of the time of a query of a small table. dev/fuzz has Spark's defaults.
  private static final Map<String, String> QUICK =
      Map.of("spark.sql.adaptive.enabled", "false", "spark.sql.shuffle.partitions", "2");
  private static final Map<String, String> BEFORE = new HashMap<>();

  @TempDir private Path folder;

  @BeforeAll
  static void planQuickly() {
    QUICK.keySet().forEach(key -> BEFORE.put(key, LocalSpark.session().conf().get(key)));
    QUICK.forEach((key, value) -> LocalSpark.session().conf().set(key, value));
  }

  @AfterAll
  static void planAsBefore() {
    BEFORE.forEach((key, value) -> LocalSpark.session().conf().set(key, value));
  }

  static Stream<Format> formats() {
    return Format.readBy(Format.Reader.SPARK);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void mutatedFilesAreReadOrRefused(Format format) {
    assertThat(Violations.of(format, folder)).isEmpty();
  }

  static Stream<Format> found() {
    return Violations.found(Format.Reader.SPARK);
  }

  @ParameterizedTest
  @MethodSource("found")
  void foundFilesAreReadOrRefused(Format format) {
    assertThat(Violations.ofFound(format, folder)).isEmpty();
  }
}
