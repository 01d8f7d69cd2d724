package io.meanfield.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.error.ErrorCode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {
  private static Optional<String> problem(ErrorCode code, String message, boolean lines) {
    return Refusal.problem(code, message, "f.csv", lines);
  }

  private static Optional<String> problem(String message) {
    return problem(ErrorCode.DATA_UNREADABLE, message, false);
  }

  @Test
  void sentenceWithTheFileIsAccepted() {
    assertThat(problem("data/f.csv has 3 columns, expected 4; add the column a.b.")).isEmpty();
    assertThat(problem(ErrorCode.WRONG_SETTINGS, "f.csv: a\nf.csv: b", true)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "found 3 columns, the message does not name f.csv",
    "f.csv: java.util.ArrayList<java.lang.String>, the message has a class name",
    "f.csv: io.meanfield.store.Status$State, the message has a class name",
    "f.csv: EOFException, the message has the name of an exception",
    "cannot read f.csv: null, the message has no reason",
  })
  void problemIsNamed(String message, String problem) {
    assertThat(problem(message)).contains(problem);
  }

  @Test
  void controlCharactersAndLinesAreFound() {
    assertThat(problem("f.csv \u001b[31m")).contains("the message has a control character");
    assertThat(problem("f.csv\nat line 1")).contains("the message has several lines");
    assertThat(problem("f.csv " + "a".repeat(2_000)))
        .contains("the message has a line of more than 2000 characters");
  }

  @Test
  void codesOfOtherErrorsAreFound() {
    assertThat(problem(ErrorCode.UNEXPECTED, "f.csv", false))
        .contains("the error code is UNEXPECTED");
  }
}
