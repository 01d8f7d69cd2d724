package io.meanfield.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import io.meanfield.settings.SettingsTree;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
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
    assertThat(read())
        .isEqualTo(
            new GateSettings(
                new RowRule(1000, OptionalInt.empty(), 10),
                new ClassRule(0.001),
                new ConstantRule(0, 0.5),
                new DuplicateRule(0.4, 0.01),
                new MissingRule(0.5),
                new DriftRule(0.25, 0.05),
                new NewDataRule(1, 0.001, 0.05, 0.001, new MissingRule(0.5)),
                List.of()));
  }

  @Test
  void everyKeyCanBeSet() {
    assertThat(
            read(
                "gate.rows { min = 2, max = 3, max-factor = 4.5 }",
                "gate { min-class-share = 0.25, max-constant-columns = 6, max-constant-pixels ="
                    + " 0.5, max-duplicates = 0.75, max-test-overlap = 0.125, max-missing = 0.25 }",
                "gate.drift { max-psi = 0.1, significance = 0.01 }",
                "gate.new-data { max-psi = 0.5, significance = 0.002 }",
                "gate.ranges = [ { column = age, min = 0, max = 120 }, { column = b, max = 1 } ]"))
        .isEqualTo(
            new GateSettings(
                new RowRule(2, OptionalInt.of(3), 4.5),
                new ClassRule(0.25),
                new ConstantRule(6, 0.5),
                new DuplicateRule(0.75, 0.125),
                new MissingRule(0.25),
                new DriftRule(0.1, 0.01),
                new NewDataRule(0.5, 0.002, 0.01, 0.25, new MissingRule(0.25)),
                List.of(
                    new RangeRule("age", 0, 120),
                    new RangeRule("b", Double.NEGATIVE_INFINITY, 1))));
  }

  @Test
  void allProblemsAreReportedAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    "gate.rows.max = 10",
                    "gate.max-duplicates = 2",
                    "gate.drift.max-psi = 0",
                    "gate.new-data.significance = 1",
                    "gate.ranges = [ { column = a, min = 2, max = 1 } ]"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "gate.rows.max must be none, or at least gate.rows.min = 1000, found 10"
                + " (--set gate.rows.max: 1)\n"
                + "gate.max-duplicates must be from 0 to 1, found 2"
                + " (--set gate.max-duplicates: 1)\n"
                + "gate.drift.max-psi must be above 0, found 0 (--set gate.drift.max-psi: 1)\n"
                + "gate.new-data.significance must be above 0 and below 1, found 1"
                + " (--set gate.new-data.significance: 1)\n"
                + "gate.ranges[0].max must be at least min = 2, found 1"
                + " (--set gate.ranges: 1)");
  }
}
