package io.meanfield.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairedTimesTest {
  @Test
  void ratioIsTheMedianOfTheTurnsRatiosAndNotTheRatioOfTheMedians() {
    // The second turn ran on a busy machine.
    PairedTimes times = new PairedTimes(List.of(1.0, 6.0, 2.0), List.of(2.0, 8.0, 8.0));
    assertThat(times.ratio()).isEqualTo(0.5);
    assertThat(times.ourMedian()).isEqualTo(2);
    assertThat(times.peersMedian()).isEqualTo(8);
  }

  @Test
  void timesOfTurnsThatOneProgramDidNotFinishAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PairedTimes(List.of(1.0), List.of(1.0, 2.0)))
        .withMessage("expected as many times of both programs, at least one, found 1 and 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PairedTimes(List.of(), List.of()))
        .withMessage("expected as many times of both programs, at least one, found 0 and 0");
  }

  @Test
  void tableHasBothTimesAndTheRatio() {
    PytorchTable table = new PytorchTable();
    table.add("784-64-32-10, every 10", new PairedTimes(List.of(0.2), List.of(0.25)), "");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    table.print(new PrintStream(out, true, StandardCharsets.UTF_8));
    assertThat(out.toString(StandardCharsets.UTF_8).lines().toList().get(1).strip())
        .isEqualTo("784-64-32-10, every 10                             0.200     0.250   0.80");
  }
}
