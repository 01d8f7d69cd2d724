package io.meanfield.pipeline.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.store.Manifest;
import io.meanfield.store.StoredRow;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimeTest {
  private static StoredRow row(int round, double compute, double wait) {
    return new StoredRow(Map.of("round", round, "compute_ms", compute, "wait_ms", wait));
  }

  private static Manifest manifest(Object frequency) {
    return Manifest.of(Map.of("settings", Map.of("train", Map.of("sync-frequency", frequency))));
  }

  @Test
  void aRoundWaitsForItsSlowestWorkerAndSynchronisesAfterIt() {
    RoundTime time = RoundTime.of(List.of(row(1, 60, 60), row(1, 100, 20)));
    assertThat(time).isEqualTo(new RoundTime(80, 20, 20));
    assertThat(time.total()).isEqualTo(120);
  }

  @Test
  void roundsAreInOrder() {
    Map<Integer, RoundTime> rounds = RoundTime.byRound(List.of(row(10, 1, 1), row(2, 3, 0)));
    assertThat(rounds.keySet()).containsExactly(2, 10);
  }

  @Test
  void meansOfRoundsKeepTheSum() {
    List<RoundTime> rounds =
        List.of(new RoundTime(1, 0, 2), new RoundTime(3, 2, 0), new RoundTime(5, 0, 0));
    assertThat(RoundTime.means(rounds, 2))
        .containsExactly(new RoundTime(2, 1, 1), new RoundTime(5, 0, 0));
  }

  @Test
  void muchSynchronisingHasAdviceWithTheSetting() {
    assertThat(TimeAdvice.of(manifest(50), new RoundTime(60, 10, 30)))
        .contains(
            "Synchronising takes 30.00 % of the time of the rounds. Set train.sync-frequency to 100"
                + " instead of 50, so that workers average half as often, and compare the"
                + " accuracy.");
    assertThat(TimeAdvice.of(manifest("epoch"), new RoundTime(60, 10, 30)).orElseThrow())
        .contains("Use fewer train.workers");
  }

  @Test
  void muchWaitingHasAdvice() {
    assertThat(TimeAdvice.of(manifest(50), new RoundTime(60, 30, 10)).orElseThrow())
        .startsWith("Workers wait for slower ones during 30.00 % of the time of the rounds.");
  }

  @Test
  void littleLostTimeHasNoAdvice() {
    assertThat(TimeAdvice.of(manifest(50), new RoundTime(80, 0, 20))).isEmpty();
    assertThat(TimeAdvice.of(manifest(50), RoundTime.NONE)).isEmpty();
  }
}
