package io.meanfield.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioTest {
  @TempDir private Path folder;

  @Test
  void seedDeterminesTheScenario() {
    LongStream.rangeClosed(1, 300)
        .forEach(seed -> assertThat(Scenario.of(seed)).isEqualTo(Scenario.of(seed)));
  }

  @Test
  void threeHundredSeedsDisturbEachCommandInEachWayOnEachMaster() {
    assertThat(
            LongStream.rangeClosed(1, 300)
                .mapToObj(seed -> Scenario.of(seed).toString())
                .collect(Collectors.toSet()))
        .hasSize(5 * 2 * 3);
  }

  @Test
  void localMasterHasNoExecutorToKill() {
    assertThat(LongStream.rangeClosed(1, 300).mapToObj(Scenario::of))
        .filteredOn(scenario -> scenario.master() == Scenario.Master.LOCAL)
        .extracting(Scenario::disturbance)
        .filteredOn(Kills.class::isInstance)
        .allSatisfy(
            kills ->
                assertThat(((Kills) kills).strikes())
                    .extracting(Kills.Strike::victim)
                    .containsOnly(Kills.Victim.DRIVER));
  }

  @Test
  void optionsAreARangeOfSeedsAndATable() {
    assertThat(StormOptions.parse("--seeds", "1..300", "--table", "x"))
        .isEqualTo(new StormOptions(1, 300, Path.of("x")));
    assertThat(StormOptions.parse("--seeds", "7..9").table())
        .isEqualTo(Path.of("target/storm.tsv"));
    assertThatThrownBy(() -> StormOptions.parse("--seeds", "many"))
        .hasMessage(
            "expected --seeds FIRST..LAST [--table FILE], such as --seeds 1..300; found --seeds many");
  }

  @Test
  void rowsOfSeveralCallsAddUp() throws IOException {
    Path file = folder.resolve("storm.tsv");
    for (String outcome : List.of(StormRow.RIGHT, "differs:\n\tmodel.zip")) {
      new StormTable(file)
          .append(
              StormRow.of(
                  Scenario.of(5),
                  new Effects(1, 1, "driver@1.0s"),
                  outcome,
                  Duration.ofSeconds(12)));
    }
    assertThat(new StormTable(file).violations()).isEqualTo(1);
    assertThat(new StormTable(file).summary())
        .isEqualTo(
            "2 scenarios in "
                + file
                + ": 2 with "
                + Scenario.of(5).disturbance().kind()
                + " (2 hit, 2 missed); broken promises with the seeds [5]");
  }

  @Test
  void tableWithOtherColumnsIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("other.tsv"), "seed\toutcome\n1\tright\n");
    assertThatThrownBy(() -> new StormTable(file).requireColumns())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found others in " + file);
  }
}
