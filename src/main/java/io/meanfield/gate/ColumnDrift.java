package io.meanfield.gate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;

/**
 * How far the distribution of one column is from that of the champion's data.
 *
 * @param bins the number of bins, or of frequent values, that are compared
 * @param expected the number of values of the champion's data; of pixels, the number of images,
 *     because those of one image depend on each other
 * @param found the number of values, or images, that are compared with them
 * @param index the population stability index
 * @param test the test beside it, with a p-value that is corrected for the number of columns; empty
 *     for pixels
 */
record ColumnDrift(
    String column,
    int bins,
    long expected,
    long found,
    double index,
    Optional<DistributionComparison> test) {
  private static final String PIXELS = "pixels";
  private static final double SMALLEST_SHOWN = 0.001;

  /** Returns the drift of each column of two profiles with the same columns and bins. */
  static List<ColumnDrift> between(DataProfile reference, DataProfile found) {
    List<ColumnDrift> drifts = new ArrayList<>();
    reference
        .label()
        .ifPresent(label -> found.label().ifPresent(other -> drifts.add(of(label, other))));
    reference
        .image()
        .ifPresent(
            image ->
                found
                    .image()
                    .ifPresent(other -> drifts.add(ofPixels(reference, image, found, other))));
    for (int i = 0; i < reference.allNumbers().size(); i++) {
      drifts.add(of(reference.allNumbers().get(i), found.allNumbers().get(i)));
    }
    for (int i = 0; i < reference.categories().size(); i++) {
      drifts.add(of(reference.categories().get(i), found.categories().get(i)));
    }
    return corrected(drifts);
  }

  private static List<ColumnDrift> corrected(List<ColumnDrift> drifts) {
    double[] pValues =
        drifts.stream()
            .flatMap(drift -> drift.test().stream())
            .mapToDouble(DistributionComparison::pValue)
            .toArray();
    PrimitiveIterator.OfDouble next = Arrays.stream(HolmCorrection.adjusted(pValues)).iterator();
    return drifts.stream()
        .map(
            drift ->
                new ColumnDrift(
                    drift.column(),
                    drift.bins(),
                    drift.expected(),
                    drift.found(),
                    drift.index(),
                    drift.test().map(test -> test.withPValue(next.nextDouble()))))
        .toList();
  }

  private static ColumnDrift of(CategoryColumn reference, CategoryColumn found) {
    long[] expected = reference.countsByFrequentValue(reference);
    long[] counts = reference.countsByFrequentValue(found);
    return new ColumnDrift(
        reference.name(),
        expected.length,
        reference.total(),
        found.total(),
        PopulationStabilityIndex.of(expected, counts),
        Optional.of(DistributionComparison.chiSquared(expected, counts)));
  }

  private static ColumnDrift ofPixels(
      DataProfile reference, ImageProfile expected, DataProfile found, ImageProfile compared) {
    return new ColumnDrift(
        PIXELS,
        expected.pixels().counts().size(),
        reference.examples(),
        found.examples(),
        index(expected.pixels(), compared.pixels()),
        Optional.empty());
  }

  private static ColumnDrift of(NumberColumn reference, NumberColumn found) {
    return new ColumnDrift(
        reference.name(),
        reference.histogram().counts().size(),
        reference.histogram().total(),
        found.histogram().total(),
        index(reference.histogram(), found.histogram()),
        Optional.of(
            DistributionComparison.kolmogorovSmirnov(reference.histogram(), found.histogram())));
  }

  /** Returns the index that data which have not changed exceed with a given probability. */
  double exceededByChance(double probability) {
    return PopulationStabilityIndex.exceededByChance(bins, expected, found, probability);
  }

  /**
   * Describes the index and the test beside it.
   *
   * @param significance the level at which the test is called significant
   */
  String describe(double significance) {
    return "population stability index "
        + GateCheck.digits(index)
        + test.map(beside -> describe(beside, significance)).orElse("");
  }

  private static String describe(DistributionComparison test, double significance) {
    return " ("
        + test.name()
        + " "
        + GateCheck.digits(test.statistic())
        + ", p "
        + (test.pValue() < SMALLEST_SHOWN
            ? "< " + SMALLEST_SHOWN
            : "= " + GateCheck.digits(test.pValue()))
        + ", "
        + (test.pValue() < significance ? "significant" : "not significant")
        + ")";
  }

  private static double index(Histogram reference, Histogram found) {
    return PopulationStabilityIndex.of(reference.countArray(), found.countArray());
  }
}
