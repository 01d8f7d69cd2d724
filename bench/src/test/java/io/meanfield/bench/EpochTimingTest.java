package io.meanfield.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class EpochTimingTest {
  @Test
  void lineOfAProcessIsSecondsAndAccuracy() {
    assertThat(EpochTiming.of("0.2801374 0.9731")).isEqualTo(new EpochTiming(0.2801374, 0.9731));
    // Python writes short times with an exponent.
    assertThat(EpochTiming.of("9.5e-05 1.0")).isEqualTo(new EpochTiming(9.5e-5, 1));
  }

  @Test
  void otherLineIsQuoted() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EpochTiming.of("[W socket.cpp] no address"))
        .withMessage(
            "expected the seconds and the accuracy of an epoch, found: [W socket.cpp] no address");
    assertThatIllegalArgumentException().isThrownBy(() -> EpochTiming.of("0.5 fast"));
  }
}
