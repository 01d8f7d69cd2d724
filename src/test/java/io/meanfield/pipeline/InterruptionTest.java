package io.meanfield.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.settings.Complaint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterruptionTest {
  private final Interruption whole = new Interruption();
  private final List<String> said = new ArrayList<>();

  @Test
  void theJobThatRunsSaysHowToGoOn() {
    Interruption first = whole.ofNextJob();
    first.concerns(signal -> "first gave up at " + signal);
    assertThat(whole.happens("SIGTERM", said::add)).isTrue();
    assertThat(said).containsExactly("first gave up at SIGTERM");
    assertThatThrownBy(() -> first.end(() -> {})).isInstanceOf(Complaint.class);
  }

  @Test
  void theEndOfAPartIsNotTheEndOfTheWhole() {
    Interruption first = whole.ofNextJob();
    first.concerns(signal -> "first gave up");
    first.end(() -> {});
    assertThat(whole.happens("SIGINT", said::add)).isTrue();
    assertThat(said)
        .containsExactly("interrupted by SIGINT between two runs; the same command goes on there");
  }

  @Test
  void afterTheWholeHasEndedNothingIsInterrupted() {
    whole.ofNextJob().end(() -> {});
    whole.end(() -> {});
    assertThat(whole.happens("SIGINT", said::add)).isFalse();
    assertThat(said).isEmpty();
  }
}
