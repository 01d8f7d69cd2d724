package io.meanfield.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.settings.SettingsTree;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.assertj.core.data.Offset;

class LearningRateScheduleTest {
  private static final String KEY = "network.optimizer.schedule";
  private static final Offset<Double> ROUNDING = within(1e-15);

  private static SettingsTree tree(String schedule) {
    return SettingsTree.load(List.of(), List.of(KEY + "=" + schedule));
  }

  private static LearningRateSchedule read(SettingsTree tree) {
    return NetworkSettings.read(tree.section("network")).schedule();
  }

  private static LearningRateSchedule read(String schedule) {
    return read(tree(schedule));
  }

  private static void refuses(String schedule, String message) {
    SettingsTree tree = tree(schedule);
    read(tree);
    assertThatThrownBy(tree::throwIfInvalid).hasMessageContaining(message);
  }

  @Provide
  Arbitrary<LearningRateSchedule> decays() {
    Arbitrary<Integer> steps = Arbitraries.integers().between(1, 100_000);
    Arbitrary<Double> alpha = Arbitraries.doubles().between(0, 1);
    return Arbitraries.oneOf(
        Arbitraries.just(LearningRateSchedule.CONSTANT),
        Combinators.combine(steps, alpha).as(LearningRateSchedule::cosine));
  }

  @Property
  void decayStartsAtTheBaseAndNeverIncreases(
      @ForAll("decays") LearningRateSchedule schedule,
      @ForAll @DoubleRange(min = 1e-5, max = 10) @Scale(5) double base,
      @ForAll @IntRange(max = 1_000_000) int iteration,
      @ForAll @IntRange(min = 1, max = 100_000) int more) {
    assertThat(schedule.rate(base, 0)).isEqualTo(base, within(base * 1e-15));
    double earlier = schedule.rate(base, iteration);
    // The last bit of a power or a cosine may be wrong.
    assertThat(schedule.rate(base, iteration + more))
        .isBetween(0.0, earlier + base * ROUNDING.value);
  }

  @Property
  void warmUpRisesFromZeroToTheBaseBeforeTheScheduleBegins(
      @ForAll("decays") LearningRateSchedule schedule,
      @ForAll @DoubleRange(min = 1e-5, max = 10) @Scale(5) double base,
      @ForAll @IntRange(min = 1, max = 10_000) int steps,
      @ForAll @IntRange(max = 9_999) int iteration) {
    LearningRateSchedule warmUp = schedule.after(steps);
    assertThat(warmUp.rate(base, 0)).isZero();
    int rising = iteration % steps;
    assertThat(warmUp.rate(base, rising)).isLessThan(base);
    if (rising + 1 < steps) {
      assertThat(warmUp.rate(base, rising)).isLessThan(warmUp.rate(base, rising + 1));
    }
    assertThat(warmUp.rate(base, steps + iteration)).isEqualTo(schedule.rate(base, iteration));
  }

  @Example
  void ratesFollowTheFormulasAtKnownPoints() {
    assertThat(LearningRateSchedule.CONSTANT.rate(0.1, 12_345)).isEqualTo(0.1);
    LearningRateSchedule cosine = LearningRateSchedule.cosine(12, 0.1);
    assertThat(cosine.rate(1, 4)).isEqualTo(0.1 + 0.9 * 0.75, ROUNDING); // cos 60 degrees
    assertThat(cosine.rate(1, 6)).isEqualTo(0.1 + 0.9 * 0.5, ROUNDING);
    assertThat(cosine.rate(1, 12)).isEqualTo(0.1);
    assertThat(cosine.rate(1, Integer.MAX_VALUE)).isEqualTo(0.1);
    LearningRateSchedule four = LearningRateSchedule.coslog4(150);
    for (int valley : new int[] {0, 10, 30, 70, 150, 200}) {
      assertThat(four.rate(1, valley)).isEqualTo(0, ROUNDING);
    }
    // 1 + 15 t is the square root of 2 at the first peak, and 2.8 between the first valleys.
    assertThat(LearningRateSchedule.coslog4(15_000_000).rate(1, 414_214))
        .isEqualTo(1, within(1e-9));
    assertThat(LearningRateSchedule.coslog4(15_000_000).rate(1, 1_828_427))
        .isEqualTo(1, within(1e-9));
    assertThat(cosine.after(4).rate(1, 1)).isEqualTo(0.25);
    assertThat(cosine.after(4).rate(1, 10)).isEqualTo(cosine.rate(1, 6));
  }

  @Example
  void everyScheduleIsReadFromItsSettings() {
    assertThat(read("{}")).isEqualTo(LearningRateSchedule.CONSTANT);
    assertThat(read("{ name = cosine, decay-steps = 100 }"))
        .isEqualTo(LearningRateSchedule.cosine(100, 0));
    assertThat(read("{ name = coslog4, decay-steps = auto }"))
        .isEqualTo(LearningRateSchedule.coslog4(0));
    assertThat(read("{ name = cosine }")).isEqualTo(LearningRateSchedule.cosine(0, 0));
    assertThat(read("{ name = cosine, decay-steps = 100, alpha = 0.1, warmup-steps = 20 }"))
        .isEqualTo(LearningRateSchedule.cosine(100, 0.1).after(20));
    assertThat(read("{ warmup-steps = 20 }")).isEqualTo(LearningRateSchedule.CONSTANT.after(20));
  }

  @Example
  void invalidSettingIsNamedWithItsExpectedValues() {
    refuses(
        "{ name = linear }",
        KEY + ".name must be one of constant, cosine, coslog4, found \"linear\"");
    refuses(
        "{ name = cosine, decay-steps = 0 }",
        KEY + ".decay-steps must be a whole number of at least 1, or auto, found 0");
    refuses(
        "{ name = cosine, decay-steps = 5, alpha = -1 }",
        KEY + ".alpha must be at least 0 and at most 1, found -1");
    refuses("{ warmup-steps = -1 }", KEY + ".warmup-steps must be at least 0, found -1");
    refuses(
        "{ name = cosine, decay-steps = 5, decay-rate = 0.5 }",
        "unknown key " + KEY + ".decay-rate; did you mean");
  }
}
