package io.meanfield.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** New data of any size against a champion with ten bins of a number and three classes. */
class NewDataRuleTest {
  private static final int CHAMPION = 20_000;
  private static final List<Double> EDGES =
      IntStream.rangeClosed(0, 10).mapToObj(Double::valueOf).toList();
  private static final double[] CLASS_SHARES = {0.9, 0.09, 0.01};

  /**
   * Returns a profile of examples that are in bin 1 to 10, or in 0 and 11 outside of the edges; the
   * others have no value.
   */
  private static DataProfile profile(long[] bins, long[] classes) {
    Map<String, Long> counts = new LinkedHashMap<>();
    IntStream.range(0, classes.length).forEach(i -> counts.put("c" + i, classes[i]));
    return new DataProfile(
        Arrays.stream(classes).sum(),
        Optional.empty(),
        List.of(
            new NumberColumn(
                "size", 0, 10, new Histogram(EDGES, Arrays.stream(bins).boxed().toList()))),
        List.of(),
        List.of(),
        Optional.of(new CategoryColumn("label", counts)));
  }

  private static DataProfile champion() {
    return champion(1);
  }

  private static DataProfile champion(double present) {
    long[] bins = new long[12];
    Arrays.fill(bins, 1, 11, Math.round(CHAMPION * present / 10));
    long[] classes =
        Arrays.stream(CLASS_SHARES).mapToLong(share -> Math.round(share * CHAMPION)).toArray();
    return profile(bins, classes);
  }

  /** Draws examples from the distribution of the champion's data. */
  private static DataProfile unchanged(int examples, double present, Random random) {
    long[] bins = new long[12];
    long[] classes = new long[CLASS_SHARES.length];
    for (int i = 0; i < examples; i++) {
      if (present == 1 || random.nextDouble() < present) {
        bins[1 + random.nextInt(10)]++;
      }
      double at = random.nextDouble();
      classes[at < 0.9 ? 0 : at < 0.99 ? 1 : 2]++;
    }
    return profile(bins, classes);
  }

  private static List<GateCheck> failures(DataProfile data) {
    return failures(champion(), data);
  }

  private static List<GateCheck> checks(DataProfile champion, DataProfile data) {
    GateRules rules = new GateRules(GateFixtures.SETTINGS, Optional.of(champion));
    return GateRules.checkNew(
        rules.boundedNew(rules.drifts(data, Optional.of(data))), List.of("date=2026-01-21"));
  }

  private static List<GateCheck> failures(DataProfile champion, DataProfile data) {
    return checks(champion, data).stream().filter(check -> !check.passed()).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1", "5, 1", "20, 1", "100, 1", "400, 1", "2000, 1",
    "1, 0.5", "5, 0.5", "20, 0.5", "100, 0.5", "400, 0.5", "2000, 0.5"
  })
  void unchangedDataOfAnySizeAreHardlyEverRefused(int examples, double present) {
    DataProfile champion = champion(present);
    long refused =
        IntStream.range(0, 1_000)
            .mapToObj(seed -> unchanged(examples, present, new Random(seed)))
            .filter(data -> !failures(champion, data).isEmpty())
            .count();
    // The expected number is 1; chi-squared is an approximation.
    assertThat(refused).isLessThanOrEqualTo(5);
  }

  @Property
  void valuesOutsideOfTheChampionsRangeAreRefusedFromTwentyExamplesOn(
      @ForAll @IntRange(min = 20, max = 100_000) int examples) {
    long[] bins = new long[12];
    bins[11] = examples;
    assertThat(failures(profile(bins, new long[] {examples, 0, 0})))
        .extracting(check -> check.column().orElse(""))
        .contains("size");
  }

  @Test
  void sentenceNamesThePartitionsAndTheBoundForFewExamples() {
    long[] bins = new long[12];
    bins[11] = 20;
    // Of 26 values with the prior 20.5 are in the last bin. The bound is the quantile of
    // chi-squared with 11 degrees of freedom at 0.001 / 2 checks, 33.1, over 20.
    assertThat(failures(profile(bins, new long[] {18, 2, 0})))
        .extracting(GateCheck::sentence)
        .containsExactly(
            "the distribution of size in the new data (date=2026-01-21) has drifted from the"
                + " champion's data: population stability index 9.63, expected at most 1.66; find"
                + " out what has changed in them, or set gate.new-data.max-psi");
  }

  @Test
  void checksAreMarkedAsChecksOfNewData() {
    assertThat(checks(champion(), champion()))
        .hasSize(2)
        .allMatch(check -> check.data() == GateCheck.Data.NEW && check.passed());
  }
}
