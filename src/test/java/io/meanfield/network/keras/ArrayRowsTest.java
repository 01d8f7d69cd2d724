package io.meanfield.network.keras;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.network.keras.NumpyArray.Precision;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArrayRowsTest {
  private static List<String> lines(List<Integer> shape, double... values) {
    return ArrayRows.of(new NumpyArray(Precision.SINGLE, shape, values));
  }

  private static double[] numbersBelow(int end) {
    return IntStream.range(0, end).mapToDouble(i -> i).toArray();
  }

  @Test
  void matrixHasALineForEachRowAndAlignedColumns() {
    assertThat(lines(List.of(2, 2), 1, -0.25, 12.5, 1e-5))
        .containsExactly("     1.0   -0.25", "    12.5  1.0E-5");
  }

  @Test
  void vectorIsOneLine() {
    assertThat(lines(List.of(3), 0.5, 0, -1)).containsExactly("   0.5   0.0  -1.0");
  }

  @Test
  void rowOfMoreThanEightNumbersContinuesInIndentedLines() {
    assertThat(lines(List.of(10), numbersBelow(10)))
        .containsExactly("  0.0  1.0  2.0  3.0  4.0  5.0  6.0  7.0", "    8.0  9.0");
  }

  @Test
  void arrayOfFourDimensionsHasALineForEachRowOfTheLastDimension() {
    assertThat(lines(List.of(2, 1, 2, 2), numbersBelow(8)))
        .containsExactly("  0.0  1.0", "  2.0  3.0", "  4.0  5.0", "  6.0  7.0");
  }

  @Test
  void arrayOfMoreThanAThousandNumbersShowsItsCorners() {
    assertThat(lines(List.of(40, 30), numbersBelow(1200)))
        .containsExactly(
            "     0.0     1.0     2.0     ...    27.0    28.0    29.0",
            "    30.0    31.0    32.0     ...    57.0    58.0    59.0",
            "    60.0    61.0    62.0     ...    87.0    88.0    89.0",
            "     ...",
            "  1110.0  1111.0  1112.0     ...  1137.0  1138.0  1139.0",
            "  1140.0  1141.0  1142.0     ...  1167.0  1168.0  1169.0",
            "  1170.0  1171.0  1172.0     ...  1197.0  1198.0  1199.0");
  }

  @Test
  void variancesHaveDoublePrecision() {
    assertThat(
            ArrayRows.of(new NumpyArray(Precision.DOUBLE, List.of(2), new double[] {1, 1 / 3.0})))
        .containsExactly("                 1.0  0.3333333333333333");
  }
}
