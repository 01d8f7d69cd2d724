package io.meanfield.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProcessorTimesTest {
  @Test
  void slopeIsTheDifferenceForEachThing() {
    ProcessorTimes slope = new ProcessorTimes(5, 7, 9).slope(new ProcessorTimes(1, 4, 8), 2);
    assertThat(slope).isEqualTo(new ProcessorTimes(2, 1.5, 0.5));
  }

  @Test
  void slopeIsNeverNegative() {
    assertThat(new ProcessorTimes(1, 1, 1).slope(new ProcessorTimes(2, 2, 2), 1))
        .isEqualTo(new ProcessorTimes(0, 0, 0));
  }

  @Test
  void leastOfEachKindIsKept() {
    assertThat(new ProcessorTimes(1, 5, 3).least(new ProcessorTimes(2, 4, 3)))
        .isEqualTo(new ProcessorTimes(1, 4, 3));
  }

  @Test
  void processorTimeIsThatOfOneRun() {
    AtomicInteger runs = new AtomicInteger();
    ProcessorTimes times =
        ProcessorTimes.least(
            3,
            4,
            () -> {
              runs.incrementAndGet();
              spin(0.05);
            });
    assertThat(runs).hasValue(12);
    assertThat(times.driver()).isGreaterThan(0.045);
    assertThat(times.elapsed()).isPositive();
    assertThat(times.executors()).isCloseTo(0, within(0.0)); // this process has none
  }

  /** Computes until this process has used so many seconds of processor time. */
  private static void spin(double seconds) {
    double end = ProcessorTimes.now().driver() + seconds;
    while (ProcessorTimes.now().driver() < end) {
      Thread.onSpinWait();
    }
  }
}
