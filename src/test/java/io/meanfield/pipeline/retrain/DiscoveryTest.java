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
    return new Discovery(
        LocalDate.parse("2026-01-02"),
        Optional.of(7),
        List.of(partitions),
        List.of(THIRD),
        List.of(partitions[0].name()));
  }

  private static Discovery select(OptionalInt window, Discovery... earlier) {
    return select(window, 0, earlier);
  }

  private static Discovery select(OptionalInt window, int testWindow, Discovery... earlier) {
    return Discovery.select(
        LocalDate.parse("2026-01-02"),
        Optional.empty(),
        List.of(THIRD, SECOND, FIRST, UNDATED),
        window,
        testWindow,
        List.of(earlier));
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
  void testWindowSetsTheNewestPartitionsWithADateAside() {
    Discovery one = select(OptionalInt.of(1), 1);
    assertThat(one.partitions()).containsExactly(FIRST);
    assertThat(one.test()).containsExactly(SECOND);
    assertThat(one.testFiles()).isEqualTo(SECOND.files());
    assertThat(one.fresh()).containsExactly(FIRST.name());
    Discovery more = select(OptionalInt.empty(), 9);
    assertThat(more.partitions()).containsExactly(UNDATED);
    assertThat(more.test()).containsExactly(FIRST, SECOND);
  }

  @Test
  void freshPartitionsAreThoseThatNoVersionWasTrainedOnAsTheyAre() {
    OptionalInt all = OptionalInt.empty();
    Partition changed = partition("2026-01-02", "other");
    assertThat(select(all).fresh()).containsExactly("rows.csv", FIRST.name(), SECOND.name());
    assertThat(select(all, discovery(FIRST, changed), discovery(UNDATED)).fresh())
        .containsExactly(SECOND.name());
    assertThat(select(all, discovery(UNDATED, FIRST, SECOND)).fresh()).isEmpty();
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
