package io.meanfield.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterruptionTest {
  private final Interruption whole = new Interruption();
  private final List<String> said = new ArrayList<>();

  @Test
  void theJobThatRunsSaysHowToGoOn() {
    Interruption first = whole.forNextJob();
    first.onInterrupt(signal -> "first gave up at " + signal);
    assertThat(whole.trigger("SIGTERM", said::add)).isTrue();
    assertThat(said).containsExactly("first gave up at SIGTERM");
    assertThatThrownBy(() -> first.complete(() -> {})).isInstanceOf(UserException.class);
  }

  @Test
  void theEndOfAPartIsNotTheEndOfTheWhole() {
    Interruption first = whole.forNextJob();
    first.onInterrupt(signal -> "first gave up");
    first.complete(() -> {});
    assertThat(whole.trigger("SIGINT", said::add)).isTrue();
    assertThat(said)
        .containsExactly("interrupted by SIGINT between two runs; the same command goes on there");
  }

  @Test
  void afterTheWholeHasEndedNothingIsInterrupted() {
    whole.forNextJob().complete(() -> {});
    whole.complete(() -> {});
    assertThat(whole.trigger("SIGINT", said::add)).isFalse();
    assertThat(said).isEmpty();
  }
}
