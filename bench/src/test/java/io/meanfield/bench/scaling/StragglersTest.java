package io.meanfield.bench.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StragglersTest {
  /** The standard error of the mean of 100,000 factors is 0.0010. */
  @Test
  void factorsHaveMeanOneAndTheirSigma() {
    Stragglers stragglers = new Stragglers(0.3, 7);
    double[] factors =
        IntStream.range(0, 100_000).mapToDouble(i -> stragglers.factor(3, i)).toArray();
    double mean =
        IntStream.range(0, factors.length).mapToDouble(i -> factors[i]).average().orElseThrow();
    double logMean =
        IntStream.range(0, factors.length)
            .mapToDouble(i -> Math.log(factors[i]))
            .average()
            .orElseThrow();
    double logVariance =
        IntStream.range(0, factors.length)
            .mapToDouble(i -> Math.pow(Math.log(factors[i]) - logMean, 2))
            .average()
            .orElseThrow();
    assertThat(mean).isCloseTo(1, within(0.005));
    assertThat(Math.sqrt(logVariance)).isCloseTo(0.3, within(0.005));
  }

  @Test
  void factorDependsOnSeedRoundAndWorker() {
    double factor = new Stragglers(0.3, 7).factor(1, 2);
    assertThat(new Stragglers(0.3, 7).factor(1, 2)).isEqualTo(factor);
    assertThat(new Stragglers(0.3, 8).factor(1, 2)).isNotEqualTo(factor);
    assertThat(new Stragglers(0.3, 7).factor(2, 2)).isNotEqualTo(factor);
    assertThat(new Stragglers(0.3, 7).factor(1, 3)).isNotEqualTo(factor);
  }
}
