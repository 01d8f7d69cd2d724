package io.meanfield.pipeline.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.store.Manifest;
import io.meanfield.train.history.RoundRow;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimeTest {
  private static RoundRow row(
      int round, int worker, double distanceFromAverage, RoundRow.Cost cost) {
    return new RoundRow(
        1,
        round,
        worker,
        worker,
        "host",
        new RoundRow.Work(
            10, 1, Optional.empty(), Optional.empty(), false, Optional.of(distanceFromAverage)),
        cost);
  }

  private static RoundRow.Cost cost(double compute, double wait, double task) {
    return new RoundRow.Cost(compute, wait, task, 1_000_000, 0);
  }

  private static RoundTotals totals(RoundRow... rows) {
    RoundTotals totals = new RoundTotals();
    List.of(rows).forEach(totals::add);
    return totals;
  }

  private static Manifest manifest(Object frequency) {
    return Manifest.of(Map.of("settings", Map.of("train", Map.of("sync-frequency", frequency))));
  }

  @Test
  void aRoundWaitsForItsSlowestTaskAndSynchronisesAfterIt() {
    RoundTotals totals = totals(row(1, 0, 0, cost(50, 70, 60)), row(1, 1, 0, cost(90, 30, 100)));
    assertThat(totals.time()).isEqualTo(new RoundTotals.Time(80, 20, 20));
    assertThat(totals.time().total()).isEqualTo(120);
  }

  /** Four workers take turns in one task, for 100 of the 105 ms of the round. */
  @Test
  void turnsOfOtherWorkersAreComputing() {
    RoundRow[] rows = new RoundRow[4];
    Arrays.setAll(rows, worker -> row(1, worker, 0, cost(25, 80, 100)));
    assertThat(totals(rows).time()).isEqualTo(new RoundTotals.Time(100, 0, 5));
    assertThat(TimeSection.advice(manifest(50), totals(rows).time())).isEmpty();
  }

  @Test
  void binsHoldMeansOfTheirRoundsAndTheDistancesOfAllWorkers() {
    List<RoundTotals.Bin> bins =
        totals(
                row(10, 0, 7, cost(5, 0, 5)),
                row(2, 0, 1, cost(1, 2, 1)),
                row(3, 0, 2, cost(3, 2, 3)),
                row(2, 1, 4, cost(1, 2, 1)),
                row(3, 1, 9, cost(1, 4, 1)))
            .bins(2);
    assertThat(bins).extracting(RoundTotals.Bin::first).containsExactly(2, 10);
    assertThat(bins)
        .extracting(RoundTotals.Bin::time)
        .containsExactly(new RoundTotals.Time(1.5, 0.5, 2), new RoundTotals.Time(5, 0, 0));
    assertThat(bins).extracting(bin -> bin.distances().getAverage()).containsExactly(4.0, 7.0);
    assertThat(bins).extracting(bin -> bin.distances().getMax()).containsExactly(9.0, 7.0);
  }

  @Test
  void workersHaveTheirSumsAndDistances() {
    RoundTotals totals =
        totals(row(1, 3, 2, cost(500, 250, 500)), row(2, 3, 4, cost(500, 250, 500)));
    assertThat(WorkerTotal.table(totals.workers()).rows())
        .containsExactly(
            List.of("3", "host", "20", "1.00", "0.50", "2.0", "0.0", "0", "3.0000", "4.0000"));
  }

  @Test
  void muchSynchronisingHasAdviceWithTheSetting() {
    assertThat(TimeSection.advice(manifest(50), new RoundTotals.Time(60, 10, 30)))
        .contains(
            "Synchronising takes 30.00 % of the time of the rounds. Try a larger"
                + " `train.sync-frequency`; this run has 50. Workers then average less often for"
                + " the same work, so compare the results.");
    assertThat(
            TimeSection.advice(manifest("epoch"), new RoundTotals.Time(60, 10, 30)).orElseThrow())
        .contains("Try a smaller `train.workers`.");
    Manifest play =
        Manifest.of(
            Map.of(
                "command", "play", "settings", Map.of("reinforce", Map.of("sync-frequency", 256))));
    assertThat(TimeSection.advice(play, new RoundTotals.Time(60, 10, 30)).orElseThrow())
        .contains("Try a larger `reinforce.sync-frequency`; this run has 256.");
  }

  @Test
  void muchWaitingHasAdvice() {
    assertThat(TimeSection.advice(manifest(50), new RoundTotals.Time(60, 30, 10)).orElseThrow())
        .startsWith("Workers wait for slower ones during 30.00 % of the time of the rounds.");
  }

  @Test
  void littleLostTimeHasNoAdvice() {
    assertThat(TimeSection.advice(manifest(50), new RoundTotals.Time(80, 0, 20))).isEmpty();
    assertThat(TimeSection.advice(manifest(50), RoundTotals.Time.NONE)).isEmpty();
  }
}
