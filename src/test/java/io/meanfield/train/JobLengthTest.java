package io.meanfield.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobLengthTest {
  private static final long MILLI = 1_000_000;

  /** Returns rounds of 10 steps. */
  private static List<Round> rounds(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Round(1, i + 1, 10 * i, 10 * i + 10))
        .toList();
  }

  @Test
  void firstJobIsOneRound() {
    assertThat(new JobLength().next(rounds(9))).isEqualTo(rounds(1));
  }

  @Test
  void laterJobsTakeASecond() {
    JobLength length = new JobLength();
    length.ended(rounds(1), 150 * MILLI, 155 * MILLI);
    assertThat(length.next(rounds(10))).isEqualTo(rounds(6));
    assertThat(length.next(rounds(4))).isEqualTo(rounds(4));
    length.ended(rounds(6), 300 * MILLI, 305 * MILLI); // warm, three times as fast
    assertThat(length.next(rounds(99))).isEqualTo(rounds(20));
  }

  @Test
  void shorterRoundsTakeLessTime() {
    JobLength length = new JobLength();
    length.ended(List.of(new Round(1, 1, 0, 100)), 500 * MILLI, 505 * MILLI);
    assertThat(length.next(rounds(99))).isEqualTo(rounds(20));
  }

  @Test
  void jobsOfALargeModelTakeFortyTimesTheirCost() {
    JobLength length = new JobLength();
    length.ended(rounds(1), 1000 * MILLI, 1250 * MILLI);
    assertThat(length.next(rounds(99))).isEqualTo(rounds(10));
  }

  @Test
  void jobAfterALostExecutorTakesHalfAMinute() {
    JobLength length = new JobLength();
    length.ended(rounds(1), 1000 * MILLI, 120_000 * MILLI);
    assertThat(length.next(rounds(99))).isEqualTo(rounds(30));
  }

  @Test
  void roundThatTakesLongerIsAJob() {
    JobLength length = new JobLength();
    length.ended(rounds(1), 60_000 * MILLI, 60_010 * MILLI);
    assertThat(length.next(rounds(3))).isEqualTo(rounds(1));
  }
}
