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
import org.junit.jupiter.params.provider.ValueSource;

/** New data of any size against a champion with ten bins of a number and three classes. */
class NewDataRuleTest {
  private static final int CHAMPION = 20_000;
  private static final NewDataRule RULE = GateFixtures.SETTINGS.newData();
  private static final double[] EDGES = IntStream.rangeClosed(0, 10).mapToDouble(i -> i).toArray();
  private static final double[] CLASS_SHARES = {0.9, 0.09, 0.01};

  /** Returns a profile of examples that are in bin 1 to 10, or in 0 and 11 outside of the edges. */
  private static DataProfile profile(long[] bins, long[] classes) {
    Map<String, Long> counts = new LinkedHashMap<>();
    IntStream.range(0, classes.length).forEach(i -> counts.put("c" + i, classes[i]));
    return new DataProfile(
        Arrays.stream(bins).sum(),
        Optional.empty(),
        List.of(new NumberColumn("size", 0, 10, Histogram.of(EDGES, bins))),
        List.of(),
        List.of(),
        Optional.of(new CategoryColumn("label", counts)));
  }

  private static DataProfile champion() {
    long[] bins = new long[12];
    Arrays.fill(bins, 1, 11, CHAMPION / 10);
    long[] classes =
        Arrays.stream(CLASS_SHARES).mapToLong(share -> Math.round(share * CHAMPION)).toArray();
    return profile(bins, classes);
  }

  /** Draws examples from the distribution of the champion's data. */
  private static DataProfile unchanged(int examples, Random random) {
    long[] bins = new long[12];
    long[] classes = new long[CLASS_SHARES.length];
    for (int i = 0; i < examples; i++) {
      bins[1 + random.nextInt(10)]++;
      double at = random.nextDouble();
      classes[at < 0.9 ? 0 : at < 0.99 ? 1 : 2]++;
    }
    return profile(bins, classes);
  }

  private static List<GateCheck> failures(DataProfile data) {
    Inspection inspection =
        new Inspection(data, Optional.of(champion()), Optional.of(data), Optional.empty());
    return RULE.check(inspection, List.of("date=2026-01-21")).stream()
        .filter(check -> !check.passed())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 20, 100, 400, 2_000})
  void unchangedDataOfAnySizeAreHardlyEverRefused(int examples) {
    long refused =
        IntStream.range(0, 1_000)
            .filter(seed -> !failures(unchanged(examples, new Random(seed))).isEmpty())
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
    // chi-squared with 11 degrees of freedom at 0.001 / 5 checks, 35.6, over 20.
    assertThat(failures(profile(bins, new long[] {18, 2, 0})))
        .extracting(GateCheck::sentence)
        .containsExactly(
            "the distribution of size in the new data (date=2026-01-21) has drifted from the"
                + " champion's data: population stability index 9.63 (Kolmogorov-Smirnov 1, p <"
                + " 0.001, significant), expected at most 1.78; find out what has changed in them, or"
                + " set gate.new-data.max-psi");
  }

  @Test
  void missingClassIsRefusedOnceChanceIsNoExplanation() {
    long[] bins = new long[12];
    Arrays.fill(bins, 1, 11, 300);
    DataProfile few = profile(bins, new long[] {2_700, 300, 0});
    assertThat(failures(few)).isEmpty(); // 3 expected by gate.min-class-share: 0 are possible
    Arrays.fill(bins, 1, 11, 2_000);
    assertThat(failures(profile(bins, new long[] {18_000, 2_000, 0})))
        .extracting(GateCheck::sentence)
        .first()
        .isEqualTo(
            "class c2 has 0 of 20000 examples in the new data (date=2026-01-21), expected at least"
                + " 6; complete them, or set gate.min-class-share");
  }

  @Test
  void checksAreMarkedAsChecksOfNewData() {
    Inspection inspection =
        new Inspection(
            champion(), Optional.of(champion()), Optional.of(champion()), Optional.empty());
    assertThat(RULE.check(inspection, List.of("date=2026-01-21")))
        .hasSize(3)
        .allMatch(check -> check.data() == CheckedData.NEW && check.passed());
  }
}
