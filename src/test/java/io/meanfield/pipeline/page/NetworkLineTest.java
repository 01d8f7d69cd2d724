package io.meanfield.pipeline.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NetworkLineTest {
  private static List<?> layers(String hocon) {
    return ConfigFactory.parseString("layers = " + hocon).getList("layers").unwrapped();
  }

  @Test
  void theDefaultNetworkIsOneLine() {
    assertThat(
            NetworkLine.of(
                layers(
                    "[{scaling = true}, {dense = 256, activation = mish}, {dropout = 0.15},"
                        + " {dense = 256, activation = mish}, {dropout = 0.15},"
                        + " {dense = 1, activation = sigmoid}]")))
        .isEqualTo("2 x dense 256 mish, dense 1 sigmoid");
  }

  @Test
  void aDeepNetworkIsOneLine() {
    String all =
        IntStream.rangeClosed(1, 60)
            .mapToObj(i -> "{dense = " + i + "}")
            .collect(Collectors.joining(", ", "[", "]"));
    assertThat(NetworkLine.of(layers(all)))
        .isEqualTo(
            "dense 1, dense 2, dense 3, dense 4, dense 5, dense 6, dense 7, dense 8 and 52 more"
                + " layers");
  }

  @Test
  void edgesOfBinsAreCounted() {
    String edges =
        IntStream.range(0, 40).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    List<?> layers = layers("[{piecewise-linear = [[" + edges + "], []]}, {dense = 1}]");
    assertThat(NetworkLine.all(layers)).isEqualTo("piecewise-linear [40 numbers], dense 1");
  }
}
