package io.meanfield.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.bench.Ranking.Scored;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankingTest {
  @Test
  void areasOfFourExamples() {
    // scikit-learn's example of both functions.
    Ranking ranking =
        new Ranking(
            List.of(
                new Scored(0.1, false),
                new Scored(0.4, false),
                new Scored(0.35, true),
                new Scored(0.8, true)));
    assertThat(ranking.rocAuc()).isEqualTo(0.75);
    assertThat(ranking.averagePrecision()).isEqualTo(5 / 6.0, within(1e-12));
  }

  @Test
  void equalScoresRankNothing() {
    Ranking ranking =
        new Ranking(
            List.of(
                new Scored(0.5, true),
                new Scored(0.5, false),
                new Scored(0.5, false),
                new Scored(0.5, false)));
    assertThat(ranking.rocAuc()).isEqualTo(0.5);
    assertThat(ranking.averagePrecision()).isEqualTo(0.25);
  }
}
