package io.meanfield.pipeline.retrain;

import static io.meanfield.pipeline.retrain.StepData.rows;
import static io.meanfield.pipeline.retrain.StepData.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.train.history.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The exit codes of errors that the reader finds once there is a champion: settings that have
 * changed are wrong (2), and data that do not suit the champion's settings are refused (3).
 */
class RetrainErrorsIT {
  private static final String INPUT = "network.input = [1]";

  @TempDir private static Path folder;
  private static StepData data;

  @BeforeAll
  static void firstNight() throws IOException {
    data = new StepData(folder);
    data.writeTestExamples();
    data.arrive("2026-01-01");
    assertThat(retrain("2026-01-01", INPUT).exitCode()).isZero();
  }

  @BeforeEach
  void writeGoodData() throws IOException {
    data.writeTestExamples();
    data.arrive("2026-01-01");
    data.arrive("2026-01-02");
  }

  private static Outcome retrain(String id, String... more) {
    JobSettings settings =
        data.settings(folder.resolve("runs").toString(), folder.resolve("models").toString(), more);
    return new RetrainJob(
            TestJobs.context(settings, id),
            new RetrainOptions(LocalDate.parse("2026-01-02"), false, false),
            new TrainingListener() {})
        .run();
  }

  private static UserException failure(String id, String... more) {
    List<String> settings = new ArrayList<>(List.of(INPUT, StepData.NO_LEARNING));
    settings.addAll(List.of(more));
    return catchThrowableOfType(
        UserException.class, () -> retrain(id, settings.toArray(String[]::new)));
  }

  private static void assertRefused(String id, String message, String... more) {
    UserException refused = failure(id, more);
    assertThat(refused.code()).as(refused.getMessage()).isEqualTo(ErrorCode.DATA_REFUSED);
    assertThat(refused).hasMessageContaining(message);
  }

  private static void writeLines(Path file, String... lines) throws IOException {
    Files.write(file, Stream.of(lines).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data.columns.label = z             | data.columns.label = z: ",
        "data.validation-fraction = 0.9999  | data.validation-fraction leaves none of 800 examples",
        "network.input = [2]                | the network takes 2 inputs, but the rows of ",
        "data.test.path = /none/test.csv    | /none/test.csv matches no file",
        "data.test.path = null              | is not set; this command reads its examples there",
      })
  void settingsThatHaveChangedSinceTheChampionAreWrong(String setting, String message) {
    UserException wrong = failure("settings-" + Integer.toHexString(setting.hashCode()), setting);
    assertThat(wrong.code().exitCode()).as(wrong.getMessage()).isEqualTo(2);
    assertThat(wrong).hasMessageContaining(message);
  }

  @Test
  void columnThatIsMissingInUnchangedSettingsIsRefused() throws IOException {
    for (String date : new String[] {"2026-01-01", "2026-01-02"}) {
      writeLines(data.partition(date), "x,z", "0.1,0", "0.9,1");
    }
    assertRefused("no-label", "data.columns.label = y: ");
  }

  // The encoder of a champion that training starts from leaves other columns out.
  @Test
  void columnThatWasAddedIsRefusedIfTrainingStartsCold() throws IOException {
    for (String date : new String[] {"2026-01-01", "2026-01-02"}) {
      writeLines(data.partition(date), "x,w,y", "0.1,3,0", "0.9,4,1");
    }
    assertRefused("wider", "the network takes 1 inputs, but the rows of ", "retrain.start = cold");
  }

  @ParameterizedTest
  @CsvSource({"warm", "cold"})
  void classThatWasAddedIsRefused(String start) throws IOException {
    write(data.partition("2026-01-02"), Stream.concat(rows(50, 1), Stream.of("0.3,2")));
    assertRefused("third-class-" + start, "column y has ", "retrain.start = " + start);
  }

  @Test
  void testFileThatIsGoneOrHasOtherColumnsIsRefused() throws IOException {
    Files.delete(folder.resolve("test.csv"));
    assertRefused("no-test", "test.csv matches no file");
    writeLines(folder.resolve("test.csv"), "x,z", "0.1,0");
    assertRefused("other-test", "data.columns.label = y: ");
  }

  @Test
  void messageOfARefusalSaysThatTheSettingsAreTheChampions() throws IOException {
    Files.delete(folder.resolve("test.csv"));
    assertRefused(
        "why",
        "; the champion's data were read with the same settings, so that the data have changed:"
            + " restore them, or train a first model under another name");
  }

  @Test
  void withoutAChampionAMissingColumnIsAnErrorOfTheSettings() {
    UserException wrong = failure("first", "retrain.model = other", "data.columns.label = z");
    assertThat(wrong.code()).isEqualTo(ErrorCode.WRONG_SETTINGS);
  }

  @Test
  void nightThatFoundNoDataTakesCorrectedSettings() {
    String input = "retrain.input = \"%s\"";
    String none = input.formatted(folder.resolve("none"));
    String model = "retrain.model = corrected";
    assertThat(failure("night", model, none)).hasMessageContaining("none, which does not exist");
    assertThat(retrain("night", INPUT, model).exitCode()).isZero();
    assertThat(failure("night", model, none)).hasMessageContaining("already exists in ");
  }
}
