package io.meanfield.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.network.LearningRateSchedule.Constant;
import io.meanfield.network.LearningRateSchedule.Cosine;
import io.meanfield.network.LearningRateSchedule.Exponential;
import io.meanfield.network.LearningRateSchedule.Step;
import io.meanfield.network.LearningRateSchedule.WarmUp;
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
    Arbitrary<Double> rate = Arbitraries.doubles().between(0.01, 1);
    return Arbitraries.oneOf(
        Arbitraries.just(new Constant()),
        Combinators.combine(steps, rate).as(Step::new),
        Combinators.combine(steps, rate).as(Exponential::new),
        Combinators.combine(steps, alpha).as(Cosine::new));
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
    LearningRateSchedule warmUp = new WarmUp(steps, schedule);
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
    assertThat(new Constant().rate(0.1, 12_345)).isEqualTo(0.1);
    LearningRateSchedule step = new Step(10, 0.5);
    assertThat(step.rate(0.8, 9)).isEqualTo(0.8);
    assertThat(step.rate(0.8, 10)).isEqualTo(0.4);
    assertThat(step.rate(0.8, 39)).isEqualTo(0.1);
    LearningRateSchedule exponential = new Exponential(10, 0.25);
    assertThat(exponential.rate(0.8, 5)).isEqualTo(0.4, ROUNDING); // a square root
    assertThat(exponential.rate(0.8, 20)).isEqualTo(0.05, ROUNDING);
    LearningRateSchedule cosine = new Cosine(12, 0.1);
    assertThat(cosine.rate(1, 4)).isEqualTo(0.1 + 0.9 * 0.75, ROUNDING); // cos 60 degrees
    assertThat(cosine.rate(1, 6)).isEqualTo(0.1 + 0.9 * 0.5, ROUNDING);
    assertThat(cosine.rate(1, 12)).isEqualTo(0.1);
    assertThat(cosine.rate(1, Integer.MAX_VALUE)).isEqualTo(0.1);
    assertThat(new WarmUp(4, cosine).rate(1, 1)).isEqualTo(0.25);
    assertThat(new WarmUp(4, cosine).rate(1, 10)).isEqualTo(cosine.rate(1, 6));
  }

  @Example
  void everyScheduleIsReadFromItsSettings() {
    assertThat(read("{}")).isEqualTo(new Constant());
    assertThat(read("{ name = step, decay-steps = 100, decay-rate = 0.5 }"))
        .isEqualTo(new Step(100, 0.5));
    assertThat(read("{ name = exponential, decay-steps = 100, decay-rate = 0.96 }"))
        .isEqualTo(new Exponential(100, 0.96));
    assertThat(read("{ name = cosine, decay-steps = 100 }")).isEqualTo(new Cosine(100, 0));
    assertThat(read("{ name = cosine, decay-steps = 100, alpha = 0.1, warmup-steps = 20 }"))
        .isEqualTo(new WarmUp(20, new Cosine(100, 0.1)));
    assertThat(read("{ warmup-steps = 20 }")).isEqualTo(new WarmUp(20, new Constant()));
  }

  @Example
  void invalidSettingIsNamedWithItsExpectedValues() {
    refuses(
        "{ name = linear }",
        KEY + ".name must be one of constant, step, exponential, cosine, found \"linear\"");
    refuses("{ name = cosine, decay-steps = 0 }", KEY + ".decay-steps must be at least 1, found 0");
    refuses("{ name = step, decay-rate = 0.5 }", KEY + ".decay-steps is missing");
    refuses("{ name = step, decay-steps = 5 }", KEY + ".decay-rate is missing");
    refuses(
        "{ name = exponential, decay-steps = 5, decay-rate = 1.5 }",
        KEY + ".decay-rate must be above 0 and at most 1, found 1.5");
    refuses(
        "{ name = cosine, decay-steps = 5, alpha = -1 }",
        KEY + ".alpha must be at least 0 and at most 1, found -1");
    refuses("{ warmup-steps = -1 }", KEY + ".warmup-steps must be at least 0, found -1");
    refuses(
        "{ name = cosine, decay-steps = 5, decay-rate = 0.5 }",
        "unknown key " + KEY + ".decay-rate; did you mean");
  }
}
