package io.meanfield.pipeline.retrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.store.Manifest;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
  private static final Partition FIRST = partition("2026-01-01", "a");
  private static final Partition SECOND = partition("2026-01-02", "b");
  private static final Partition THIRD = partition("2026-01-03", "c");
  private static final Partition UNDATED =
      new Partition("rows.csv", Optional.empty(), "d", List.of("/in/rows.csv"));

  private static Partition partition(String date, String fingerprint) {
    return new Partition(
        "date=" + date,
        Optional.of(LocalDate.parse(date)),
        fingerprint,
        List.of("/in/date=" + date + "/rows.csv"));
  }

  private static Discovery discovery(Partition... partitions) {
    return new Discovery(LocalDate.parse("2026-01-02"), Optional.of(7), List.of(partitions));
  }

  private static Discovery select(OptionalInt window) {
    return Discovery.select(
        LocalDate.parse("2026-01-02"),
        Optional.empty(),
        List.of(THIRD, SECOND, FIRST, UNDATED),
        window);
  }

  @Test
  void partitionsOfLaterDatesAreLeftOut() {
    assertThat(select(OptionalInt.empty()).partitions()).containsExactly(UNDATED, FIRST, SECOND);
  }

  @Test
  void windowSelectsTheNewestPartitions() {
    assertThat(select(OptionalInt.of(1)).partitions()).containsExactly(SECOND);
    assertThat(select(OptionalInt.of(9)).partitions()).hasSize(3);
  }

  @Test
  void freshPartitionsAreThoseThatNoVersionWasTrainedOnAsTheyAre() {
    Discovery now = discovery(FIRST, SECOND, THIRD);
    Partition changed = partition("2026-01-02", "other");
    assertThat(now.fresh(List.of())).containsExactly(FIRST, SECOND, THIRD);
    assertThat(now.fresh(List.of(discovery(FIRST, changed), discovery(THIRD))))
        .containsExactly(SECOND);
    assertThat(now.fresh(List.of(now))).isEmpty();
  }

  @Test
  void manifestKeepsTheDiscovery() {
    Discovery discovery = discovery(UNDATED, FIRST);
    Manifest manifest = Manifest.of(Map.of(Discovery.KEY, discovery.describe()));
    assertThat(Discovery.of(manifest)).contains(discovery);
    assertThat(Discovery.of(Manifest.of(Map.of()))).isEmpty();
  }

  @Test
  void filesAreThoseOfAllPartitions() {
    assertThat(discovery(UNDATED, FIRST).files())
        .containsExactly("/in/rows.csv", "/in/date=2026-01-01/rows.csv");
  }
}
