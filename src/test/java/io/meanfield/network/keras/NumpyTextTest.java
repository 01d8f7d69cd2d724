package io.meanfield.network.keras;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.network.keras.NumpyArray.Precision;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Texts that NumPy 2.4 printed. */
class NumpyTextTest {
  private static String single(List<Integer> shape, double... values) {
    double[] floats =
        IntStream.range(0, values.length).mapToDouble(i -> (float) values[i]).toArray();
    return NumpyText.of(new NumpyArray(Precision.SINGLE, shape, floats));
  }

  private static double[] count(int to, double divisor) {
    return IntStream.range(0, to).mapToDouble(i -> i / divisor).toArray();
  }

  @Test
  void kernelOfAPerceptronIsAColumn() {
    assertThat(single(List.of(2, 1), 0.49431458, 0.37552658))
        .isEqualTo(
            """
            array([[0.49431458],
                   [0.37552658]], dtype=float32)""");
  }

  @Test
  void biasIsARow() {
    assertThat(single(List.of(1), 0.32719323)).isEqualTo("array([0.32719323], dtype=float32)");
  }

  @Test
  void numbersAreAsWideAsTheWidest() {
    assertThat(single(List.of(2, 2), 1, -0.25, 12.5, 0))
        .isEqualTo(
            """
            array([[ 1.  , -0.25],
                   [12.5 ,  0.  ]], dtype=float32)""");
  }

  @Test
  void numbersThatAreFarApartAreScientific() {
    assertThat(single(List.of(3), 1e-5, -3, 1234.5))
        .isEqualTo("array([ 1.0000e-05, -3.0000e+00,  1.2345e+03], dtype=float32)");
  }

  @Test
  void longRowsAreBroken() {
    assertThat(single(List.of(2, 12), count(24, 7)))
        .isEqualTo(
            """
            array([[0.        , 0.14285715, 0.2857143 , 0.42857143, 0.5714286 ,
                    0.71428573, 0.85714287, 1.        , 1.1428572 , 1.2857143 ,
                    1.4285715 , 1.5714285 ],
                   [1.7142857 , 1.8571428 , 2.        , 2.142857  , 2.2857144 ,
                    2.4285715 , 2.5714285 , 2.7142856 , 2.857143  , 3.        ,
                    3.142857  , 3.2857144 ]], dtype=float32)""");
  }

  @Test
  void largeArraysAreAbbreviated() {
    assertThat(single(List.of(40, 30), count(1200, 1000)))
        .isEqualTo(
            """
            array([[0.000e+00, 1.000e-03, 2.000e-03, ..., 2.700e-02, 2.800e-02,
                    2.900e-02],
                   [3.000e-02, 3.100e-02, 3.200e-02, ..., 5.700e-02, 5.800e-02,
                    5.900e-02],
                   [6.000e-02, 6.100e-02, 6.200e-02, ..., 8.700e-02, 8.800e-02,
                    8.900e-02],
                   ...,
                   [1.110e+00, 1.111e+00, 1.112e+00, ..., 1.137e+00, 1.138e+00,
                    1.139e+00],
                   [1.140e+00, 1.141e+00, 1.142e+00, ..., 1.167e+00, 1.168e+00,
                    1.169e+00],
                   [1.170e+00, 1.171e+00, 1.172e+00, ..., 1.197e+00, 1.198e+00,
                    1.199e+00]], shape=(40, 30), dtype=float32)""");
  }

  @Test
  void filtersAreNested() {
    assertThat(single(List.of(2, 1, 2, 2), count(8, 8)))
        .isEqualTo(
            """
            array([[[[0.   , 0.125],
                     [0.25 , 0.375]]],


                   [[[0.5  , 0.625],
                     [0.75 , 0.875]]]], dtype=float32)""");
  }

  @Test
  void doublesNeedNoType() {
    assertThat(
            NumpyText.of(new NumpyArray(Precision.DOUBLE, List.of(2), new double[] {1, 1 / 3.0})))
        .isEqualTo("array([1.        , 0.33333333])");
  }
}
