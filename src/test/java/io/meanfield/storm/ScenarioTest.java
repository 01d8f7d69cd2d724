package io.meanfield.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ScenarioTest {

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
}
