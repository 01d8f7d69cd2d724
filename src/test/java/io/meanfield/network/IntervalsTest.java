package io.meanfield.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.error.UserException;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalsTest {
  private static final Intervals TWO_OUTPUTS =
      new Intervals(
          List.of(
              new Intervals.Level(0.5, List.of(0.1 + 0.2, 1e-9)),
              new Intervals.Level(0.995, List.of(3.0, 0.0))),
          List.of(
              new ErrorScale(List.of(-1.5, 2.0), List.of(0.25, 1 / 3.0)),
              new ErrorScale(List.of(7.0), List.of(1e9))));

  private static byte[] json(Intervals intervals) {
    NetworkSettings network =
        new NetworkSettings(
            List.of(3), List.of(new Dense(2, Activation.LINEAR)), Loss.MSE, new Optimizer.Sgd(0.1));
    return NetworkJson.write(
            Model.untrained(network, 1).with(intervals),
            new NetworkJson.Inputs(false, Optional.empty()))
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void modelFileKeepsEveryBit() {
    assertThat(NetworkJson.intervals(json(TWO_OUTPUTS), "a file")).isEqualTo(TWO_OUTPUTS);
    Intervals sets = new Intervals(List.of(new Intervals.Level(0.9, List.of(0.97))), List.of());
    assertThat(NetworkJson.intervals(json(sets), "a file")).isEqualTo(sets);
    assertThat(NetworkJson.intervals(json(Intervals.NONE), "a file")).isEqualTo(Intervals.NONE);
    assertThat(new String(json(Intervals.NONE), StandardCharsets.UTF_8))
        .doesNotContain("intervals");
  }

  @ParameterizedTest
  @CsvSource({
    "0.995, 1.5, level",
    "'[0.25', '[-0.25', sizes",
    "'[-1.5,2', '[2,2', intervals as training writes them",
    "'[3.0,0.0]', '[3.0]', intervals as training writes them",
  })
  void damagedModelFileIsRefused(String old, String damaged, String expected) {
    String json = new String(json(TWO_OUTPUTS), StandardCharsets.UTF_8);
    assertThat(json).contains(old);
    byte[] changed = json.replace(old, damaged).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> NetworkJson.parse(changed, "a file"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(expected);
  }

  @ParameterizedTest
  @CsvSource({"0.9, 90, 90", "0.95, 95, 95", "0.5, 50, 50", "0.995, 99.5, 99_5", "0.07, 7, 7"})
  void namesOfColumnsEndWithTheLevelInPerCent(double level, String percent, String suffix) {
    assertThat(Intervals.percent(level)).isEqualTo(percent);
    assertThat(Intervals.suffix(level)).isEqualTo(suffix);
  }

  @Test
  void scaleIsLinearBetweenItsPointsAndConstantBeyondThem() {
    ErrorScale scale = new ErrorScale(List.of(0.0, 10.0, 20.0), List.of(1.0, 3.0, 2.0));
    assertThat(scale.of(-5)).isEqualTo(1);
    assertThat(scale.of(5)).isCloseTo(2, within(1e-12));
    assertThat(scale.of(10)).isCloseTo(3, within(1e-12));
    assertThat(scale.of(15)).isCloseTo(2.5, within(1e-12));
    assertThat(scale.of(1e6)).isCloseTo(2, within(1e-12));
  }
}
