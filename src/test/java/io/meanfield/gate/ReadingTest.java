package io.meanfield.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which errors of a reader are findings in the data. */
class ReadingTest {
  private static final boolean PROVEN = true;
  private static final boolean UNPROVEN = false;

  private final Reading reading = new Reading();

  private Optional<Integer> attempt(boolean proven, RuntimeException failure) {
    return reading.attempt(
        proven,
        () -> {
          throw failure;
        });
  }

  private static UserException unreadable(IOException cause) {
    return new UserException(ErrorCode.DATA_UNREADABLE, "a.csv cannot be read", cause);
  }

  @Test
  void damagedDataAreAFindingWithAnySettings() {
    assertThat(attempt(UNPROVEN, unreadable(new EOFException("unexpected end")))).isEmpty();
    assertThat(reading.checks())
        .extracting(GateCheck::sentence)
        .containsExactly("a.csv cannot be read");
  }

  @Test
  void findingIsRecognisedInsideOfTheExceptionsOfSpark() {
    UserException inner = unreadable(new EOFException());
    assertThat(attempt(UNPROVEN, new IllegalStateException("job aborted", inner))).isEmpty();
    assertThat(reading.checks()).singleElement().matches(check -> !check.passed());
  }

  @Test
  void storeThatCannotBeReachedIsNoFinding() {
    for (IOException outage :
        new IOException[] {
          new ConnectException("refused"),
          new SocketTimeoutException(),
          new UnknownHostException("nn"),
          new AccessControlException("denied"),
          new AccessDeniedException("/in")
        }) {
      UserException failure = unreadable(new IOException(outage));
      assertThatThrownBy(() -> attempt(PROVEN, failure)).isSameAs(failure);
    }
    assertThat(reading.checks()).allMatch(GateCheck::passed);
  }

  @Test
  void dataThatDoNotSuitProvenSettingsHaveChanged() {
    for (ErrorCode code : new ErrorCode[] {ErrorCode.WRONG_SETTINGS, ErrorCode.MODEL_UNUSABLE}) {
      assertThat(attempt(PROVEN, new UserException(code, "a.csv has no column x"))).isEmpty();
    }
    assertThat(reading.checks())
        .hasSize(2)
        .extracting(GateCheck::sentence)
        .containsOnly(
            "a.csv has no column x; the champion's data were read with the same settings, so that"
                + " the data have changed: restore them, or train a first model under another"
                + " name");
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void everyOtherErrorOfUnprovenSettingsEndsTheRunWithItsOwnCode(ErrorCode code) {
    if (code != ErrorCode.DATA_UNREADABLE) {
      UserException failure = new UserException(code, "wrong");
      assertThatThrownBy(() -> attempt(UNPROVEN, failure)).isSameAs(failure);
    }
    assertThat(reading.checks()).allMatch(GateCheck::passed);
  }
}
