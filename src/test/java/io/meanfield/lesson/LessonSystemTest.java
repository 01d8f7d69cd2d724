package io.meanfield.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.error.UserException;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.settings.LocalSettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LessonSystemTest {
  private static final Path LESSON = Path.of("jobs/lesson/lesson.conf");

  private static Expectation expectation(
      String measure, Optional<String> baseline, Double atLeast, Double atMost) {
    return new Expectation(
        measure,
        baseline,
        Optional.of(0.9723),
        Optional.ofNullable(atLeast),
        Optional.ofNullable(atMost));
  }

  private static LessonResult result(Expectation expectation, Double... values) {
    LessonSystem system =
        new LessonSystem(
            "digits", "digits", LESSON, List.of(), 3, false, false, List.of(expectation));
    return new LessonResult(system, expectation, List.of(values));
  }

  @Test
  void everySystemHasValidSettingsAndFollowsItsBaselines() {
    Set<String> before = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (LessonSystem system : LessonSystem.read(LESSON)) {
      JobSettings.load(List.of(new LocalSettingsFile(system.job())), system.assignments());
      assertThat(system.expectations()).as(system.name()).isNotEmpty();
      assertThat(before)
          .as(system.name())
          .containsAll(system.baselines())
          .doesNotContain(system.name());
      before.add(system.name());
      assertThat(ids.add(system.id())).as(system.id()).isTrue();
      for (Expectation wanted : system.expectations()) {
        assertThat(wanted.bounds()).as(system.name()).isNotEmpty();
      }
    }
  }

  @Test
  void allProblemsOfTheListAreReported(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("systems.conf");
    Files.writeString(
        file,
        "systems = [ { id = a, name = A, job = a.conf, seeds = 0, expect = [ { mesure = x } ] } ]");
    assertThatThrownBy(() -> LessonSystem.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("systems[0].seeds must be a whole number of at least 1, found 0 (")
        .hasMessageContaining("systems[0].expect[0].measure is missing (")
        .hasMessageContaining("mesure");
  }

  @Test
  void meanOfTheSeedsIsComparedWithTheBounds() {
    Expectation wanted = expectation("accuracy", Optional.empty(), 0.97, null);
    assertThat(result(wanted, 0.969, 0.970, 0.971).isAsExpected()).isTrue();
    LessonResult missed = result(wanted, 0.968, 0.969, 0.970);
    assertThat(missed.isAsExpected()).isFalse();
    assertThat(missed.verdict()).isEqualTo("missed: at least 97.00 %");
    assertThat(missed.formattedValue()).isEqualTo("96.90 % ± 0.10 %");
  }

  @Test
  void differenceFromTheBaselineHasAConfidenceInterval() {
    Expectation wanted = expectation("accuracy", Optional.of("other"), -0.0015, null);
    // Deviation 0.001; t for two degrees of freedom is 4.3027.
    LessonResult result = result(wanted, -0.001, 0.0, 0.001);
    assertThat(result.halfInterval().orElseThrow())
        .isCloseTo(4.3027 * 0.001 / Math.sqrt(3), within(1e-6));
    assertThat(result.formattedValue()).isEqualTo("+0.00 points, -0.25 points to +0.25 points");
    assertThat(result.isAsExpected()).isTrue();
  }

  @Test
  void tableIsAlignedMarkdown() {
    LessonResult loss =
        result(
            new Expectation(
                "loss", Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(0.2)),
            0.1329);
    List<String> lines =
        new LessonTable(
                new ArrayList<>(
                    List.of(
                        result(expectation("accuracy", Optional.empty(), 0.98, null), 0.97), loss)))
            .lines();
    assertThat(lines)
        .containsExactly(
            "| system | measure  | reference | value   | verdict                  |",
            "| ------ | -------- | --------- | ------- | ------------------------ |",
            "| digits | accuracy | 97.23 %   | 97.00 % | missed: at least 98.00 % |",
            "| digits | loss     |           | 0.1329  | holds                    |");
  }
}
