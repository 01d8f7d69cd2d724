package io.meanfield.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.settings.LocalSettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("cluster")
@Tag("promise")
class LessonJobIT {
  private static final String SYSTEMS =
      """
      systems = [
        { id = xor, name = XOR, job = jobs/lesson/perceptron-xor.conf, print-weights = true,
          expect = [ { measure = train_accuracy, reference = 0.25, at-most = 0.75 } ] }
        { id = or, name = OR, job = jobs/lesson/perceptron-or.conf, seeds = %d,
          expect = [ { measure = train_loss, reference = 0.0656, at-least = 0.0625 } ] }
        { id = more, name = OR again, job = jobs/lesson/perceptron-or.conf, seeds = %d, set = ["train.epochs=4"],
          expect = [ { measure = train_loss, baseline = OR, at-least = %s, at-most = 0 } ] }
      ]
      """;

  @TempDir private Path folder;
  private final List<String> lines = new ArrayList<>();

  private Outcome lesson(int seeds, String atLeast, Optional<String> only) throws IOException {
    Path file =
        Files.writeString(folder.resolve("systems.conf"), SYSTEMS.formatted(seeds, seeds, atLeast));
    LessonJob.SettingsFactory settings =
        (job, assignments) ->
            JobSettings.load(
                List.of(new LocalSettingsFile(job)),
                Stream.concat(
                        Stream.of(
                            "train.epochs=3", "run.page=none", "run.directory=\"" + folder + "\""),
                        assignments.stream())
                    .toList());
    lines.clear();
    return new LessonJob(
            TestJobs.context(
                settings.of(Path.of("jobs/lesson/perceptron-or.conf"), List.of()), "lesson"),
            new LessonJob.LessonPlan(file, only, false, settings),
            lines::add)
        .run();
  }

  private Row row(String system) {
    return LocalSpark.session()
        .read()
        .parquet(folder.resolve("lesson/tables/lesson").toString())
        .where("system = '" + system + "'")
        .first();
  }

  private FileTime written(String run) throws IOException {
    return Files.getLastModifiedTime(folder.resolve(run).resolve("model.zip"));
  }

  @Test
  void systemsAreRunComparedAndWrittenAndFinishedRunsAreReused() throws IOException {
    assertThatThrownBy(() -> lesson(2, "0", Optional.empty()))
        .isInstanceOf(UserException.class)
        .hasMessage("2 of 3 results are as expected; see the column verdict")
        .extracting(e -> ((UserException) e).code())
        .isEqualTo(ErrorCode.EXPECTATION_FAILED);
    assertThat(lines)
        .anyMatch(line -> line.matches("predictions \\[-?\\d\\.\\d{3}(, -?\\d\\.\\d{3}){3}]"))
        .anyMatch(line -> line.startsWith("OR, seed 2 of 2: trained 3 epochs: training loss"));
    assertThat(row("OR again").<Boolean>getAs("holds")).isFalse();
    FileTime before = written("lesson-or-seed-1");
    assertThat(lesson(2, "-1", Optional.empty()).message())
        .isEqualTo("3 of 3 results are as expected");
    assertThat(written("lesson-or-seed-1")).isEqualTo(before);
    assertThat(lines).anyMatch(line -> line.contains("is finished already"));
    assertThat(row("XOR").<Double>getAs("reference")).isEqualTo(0.25);
    assertThat(row("OR").<Integer>getAs("seeds")).isEqualTo(2);
    assertThat(row("OR").<Double>getAs("standard_deviation")).isPositive();
    // Another epoch of gradient descent on four examples makes the loss smaller, for every seed.
    assertThat(row("OR again").<Double>getAs("value")).isNegative();
    assertThat(row("OR again").<Boolean>getAs("holds")).isTrue();
  }

  @Test
  void onlyRunsOneSystemAndItsBaseline() throws IOException {
    lesson(1, "-1", Optional.of("more"));
    assertThat(lines)
        .anyMatch(line -> line.startsWith("OR: "))
        .noneMatch(line -> line.startsWith("XOR"));
    assertThatThrownBy(() -> lesson(1, "-1", Optional.empty()))
        .hasMessageContaining(
            " and differs: systems.ids was [\"or\",\"more\"], is [\"xor\",\"or\",\"more\"]");
    assertThatThrownBy(() -> lesson(1, "-1", Optional.of("and")))
        .hasMessage(
            "--only must be one of xor, or, more ("
                + folder.resolve("systems.conf")
                + "), found and");
  }
}
