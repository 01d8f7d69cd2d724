package io.meanfield.pipeline.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PatientReadingTest {
  private static final List<RunEvent> EVENTS = List.of(new RunEvent.Began(Instant.EPOCH, 3));
  private final UserException unreadable =
      new UserException(ErrorCode.STORE_UNREADABLE, "cannot read runs/night");
  private final UserException noRun =
      new UserException(ErrorCode.WRONG_ARGUMENTS, "runs/night is not a run");

  private final List<String> notes = new ArrayList<>();
  private Optional<UserException> failure = Optional.empty();
  private Duration now = Duration.ZERO;

  private final PatientReading reading =
      new PatientReading(
          () -> {
            if (failure.isPresent()) {
              throw failure.get();
            }
            return EVENTS;
          },
          notes::add,
          () -> now.toNanos());

  @Test
  void failureIsNotedOnceAndSoIsItsEnd() {
    failure = Optional.of(unreadable);
    assertThat(reading.read()).isEmpty();
    now = now.plusSeconds(299);
    assertThat(reading.read()).isEmpty();
    failure = Optional.empty();
    assertThat(reading.read()).isEqualTo(EVENTS);
    assertThat(reading.read()).isEqualTo(EVENTS);
    assertThat(notes)
        .containsExactly(
            "cannot read runs/night; reading is tried again for 5 minutes",
            "the run can be read again");
  }

  @Test
  void failureOfFiveMinutesIsThrown() {
    failure = Optional.of(unreadable);
    reading.read();
    now = now.plusSeconds(300);
    assertThatThrownBy(reading::read).isSameAs(unreadable);
  }

  @Test
  void fiveMinutesBeginAnewAfterAReading() {
    failure = Optional.of(unreadable);
    reading.read();
    now = now.plusSeconds(200);
    failure = Optional.empty();
    reading.read();
    failure = Optional.of(unreadable);
    now = now.plusSeconds(200);
    assertThat(reading.read()).isEmpty();
  }

  @Test
  void otherFailuresAreThrownAtOnce() {
    failure = Optional.of(noRun);
    assertThatThrownBy(reading::read).isSameAs(noRun);
    assertThat(notes).isEmpty();
  }
}
