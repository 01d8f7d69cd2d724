package io.meanfield.evaluate.slice;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.column.TextForm;
import io.meanfield.data.column.ValueType;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlicingTest {
  private static List<String> names(Slicing slicing) {
    return IntStream.range(0, slicing.count()).mapToObj(slicing::name).toList();
  }

  @Test
  void frequentValuesHaveSlicesAndTheOthersOneTogether() {
    Slicing slicing = Slicing.ofValues("plan", List.of("gold", "basic"));
    assertThat(names(slicing)).containsExactly("gold", "basic", "other values", "missing");
    assertThat(slicing.of("basic")).isEqualTo(1);
    assertThat(slicing.of("trial")).isEqualTo(2);
    assertThat(slicing.of("")).isEqualTo(3);
  }

  @Test
  void columnOfRareValuesHasOneSliceThatSaysSo() {
    assertThat(names(Slicing.ofValues("name", List.of())))
        .containsExactly("values of fewer than 30 rows", "missing");
  }

  @Test
  void numbersAreInBinsOfEquallyManyRowsWithEdgesOfFewDigits() {
    double[] sorted = IntStream.range(0, 400).mapToDouble(i -> 1_000 + i / 7.0).toArray();
    Slicing slicing = Slicing.ofBins("x", ValueType.NUMBER, TextForm.PLAIN, sorted, 4);
    assertThat(names(slicing))
        .containsExactly(
            "below 1010", "1010 to 1030", "1030 to 1040", "from 1040", "other values", "missing");
    assertThat(slicing.of("1010")).isEqualTo(1);
    assertThat(slicing.of("1009.99")).isZero();
    assertThat(slicing.of("NA")).isEqualTo(5);
    assertThat(slicing.of("many")).isEqualTo(4);
  }

  @Test
  void datesAreInBinsThatBeginWithADay() {
    double[] sorted = IntStream.range(0, 100).mapToDouble(day -> day * 86_400.0 + 3_600).toArray();
    Slicing slicing = Slicing.ofBins("day", ValueType.TIMESTAMP, TextForm.PLAIN, sorted, 2);
    assertThat(names(slicing)).startsWith("below 1970-02-20", "from 1970-02-20");
    assertThat(slicing.of("1970-02-20")).isEqualTo(1);
    assertThat(slicing.of("1970-02-19T23:00:00Z")).isZero();
  }

  @Test
  void edgesThatManyRowsShareAreOneEdge() {
    double[] sorted = IntStream.range(0, 100).mapToDouble(i -> i < 90 ? 0 : i).toArray();
    Slicing slicing = Slicing.ofBins("x", ValueType.NUMBER, TextForm.PLAIN, sorted, 10);
    assertThat(names(slicing)).startsWith("below 90", "from 90");
  }
}
