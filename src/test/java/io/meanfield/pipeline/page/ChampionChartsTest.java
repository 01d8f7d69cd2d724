package io.meanfield.pipeline.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class ChampionChartsTest {
  @Test
  void timeSinceTheFirstPromotionIsInTheLargestUnitOfWhichTwoHavePassed() {
    assertThat(ChampionCharts.unit(Duration.ofDays(2))).isEqualTo(ChronoUnit.DAYS);
    assertThat(ChampionCharts.unit(Duration.ofHours(47))).isEqualTo(ChronoUnit.HOURS);
    assertThat(ChampionCharts.unit(Duration.ofHours(2))).isEqualTo(ChronoUnit.HOURS);
    assertThat(ChampionCharts.unit(Duration.ofMinutes(119))).isEqualTo(ChronoUnit.MINUTES);
    assertThat(ChampionCharts.unit(Duration.ZERO)).isEqualTo(ChronoUnit.MINUTES);
  }
}
