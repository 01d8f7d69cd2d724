package io.meanfield.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import io.meanfield.settings.SettingsTree;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pins the defaults and every key. */
class GateSettingsTest {
  private static GateSettings read(String... assignments) {
    SettingsTree tree = SettingsTree.load(List.of(), Arrays.asList(assignments));
    tree.root().allow(tree.root().names());
    GateSettings settings = GateSettings.read(tree.section("gate"));
    tree.throwIfInvalid();
    return settings;
  }

  @Test
  void defaultsAreThoseOfTheDocumentation() {
    assertThat(read()).isEqualTo(new GateSettings(1000, 10, 0.001, 0.5, List.of(), 0.25, 1));
  }

  @Test
  void everyKeyCanBeSet() {
    assertThat(
            read(
                "gate.rows { min = 2, max-factor = 4.5 }",
                "gate { min-class-share = 0.25, max-missing = 0.125 }",
                "gate { drift.max-psi = 0.1, new-data.max-psi = 0.5 }",
                "gate.ranges = [ { column = age, min = 0, max = 120 }, { column = b, max = 1 } ]"))
        .isEqualTo(
            new GateSettings(
                2,
                4.5,
                0.25,
                0.125,
                List.of(
                    new GateSettings.Range("age", 0, 120),
                    new GateSettings.Range("b", Double.NEGATIVE_INFINITY, 1)),
                0.1,
                0.5));
  }

  @Test
  void allProblemsAreReportedAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    "gate.max-missing = 2",
                    "gate.drift.max-psi = 0",
                    "gate.ranges = [ { column = a, min = 2, max = 1 } ]"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "gate.max-missing must be from 0 to 1, found 2 (--set gate.max-missing: 1)\n"
                + "gate.ranges[0].max must be at least min = 2, found 1"
                + " (--set gate.ranges: 1)\n"
                + "gate.drift.max-psi must be above 0, found 0 (--set gate.drift.max-psi: 1)");
  }
}
