package io.meanfield.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.gate.ColumnDrift.Bin;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DriftReportTest {
  /** Returns the drift of a column of which half of the values were in each of two bins. */
  private static BoundedDrift drift(GateCheck.Data data, String column, long first, double bound) {
    List<Bin> bins = List.of(new Bin("low", 5_000, first), new Bin("high", 5_000, 10_000 - first));
    return new BoundedDrift(data, new ColumnDrift(column, bins), bound);
  }

  @Test
  void lineNamesTheFiveLargestDriftsWithTheirBound() {
    List<BoundedDrift> all =
        Stream.of(5_000, 5_500, 8_900, 6_000, 7_500, 6_500)
            .map(first -> drift(GateCheck.Data.ALL, "c" + first, first, 0.25))
            .toList();
    // (q - 1/2) ln(q / (1 - q)) for the share q of the first bin
    assertThat(new DriftReport(all).lines())
        .containsExactly(
            "drift    c8900 0.82, c7500 0.27, c6500 0.09, c6000 0.04, c5500 0.01, … (all data,"
                + " bound 0.25)");
  }

  @Test
  void newDataHaveALineOfTheirOwnAndAColumnOfFewValuesAWiderBound() {
    DriftReport report =
        new DriftReport(
            List.of(
                drift(GateCheck.Data.NEW, "price", 8_700, 1),
                drift(GateCheck.Data.NEW, "age", 7_500, 1.664),
                drift(GateCheck.Data.ALL, "price", 6_000, 0.25)));
    assertThat(report.lines())
        .containsExactly(
            "drift    price 0.70, age 0.27 (new data, bound 1 to 1.66)",
            "drift    price 0.04 (all data, bound 0.25)");
    assertThat(report.indexes()).containsOnlyKeys("price");
  }

  @Test
  void withoutAChampionThereIsNoLine() {
    assertThat(new DriftReport(List.of()).lines()).isEmpty();
  }

  @Test
  void binsAreNamedWithFewDigits() {
    assertThat(names(Math.nextDown(1999.0), 2010, 2026.5))
        .containsExactly("up to 1999", "1999 to 2010", "2010 to 2027", "above 2027");
    assertThat(names(Math.nextDown(0.0), 0.5, 12.345))
        .containsExactly("up to 0", "0 to 0.5", "0.5 to 12.3", "above 12.3");
    assertThat(names(1_700_000_000, 1_700_000_001, 1_700_000_002))
        .contains("1700000000 to 1700000001");
  }

  /** The edges of a sketch are a little above the values. */
  @Test
  void binOfOneValueHasItsName() {
    assertThat(names(Math.nextDown(1.0), 1.002, 2.0038))
        .containsExactly("up to 1", "1", "1 to 2", "above 2");
  }

  private static List<String> names(double first, double second, double third) {
    return new Histogram(List.of(first, second, third), List.of(0L, 1L, 2L, 0L)).names();
  }

  @Test
  void rareCategoriesAreTheLastBin() {
    CategoryColumn champion =
        new CategoryColumn("color", new TreeMap<>(Map.of("red", 990L, "x", 1L)));
    assertThat(champion.namesByFrequentValue()).containsExactly("red", "others");
  }
}
