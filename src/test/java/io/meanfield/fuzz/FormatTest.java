package io.meanfield.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.formats.DataSettings;
import io.meanfield.error.UserException;
import io.meanfield.settings.SettingsTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of formats is complete. */
class FormatTest {
  private static final Map<String, Format> DATA =
      Map.of(
          "idx", Format.IDX,
          "csv", Format.CSV,
          "parquet", Format.PARQUET,
          "spark", Format.SPARK_SOURCE,
          "prepared", Format.PREPARED_TABLE);

  @Test
  void reliabilityPageListsEveryFormat() throws IOException {
    String page = Files.readString(Path.of("docs/reliability.md"));
    String section = page.substring(page.indexOf("## Fuzzing"), page.indexOf("## Limits"));
    List<String> listed =
        section
            .lines()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.split("\\|", 3)[1])
            .flatMap(cell -> Pattern.compile("[a-z-]+").matcher(cell).results())
            .map(MatchResult::group)
            .toList();
    assertThat(listed)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Format.values()).map(Format::display).toList());
  }

  @Test
  void everyDataFormatHasCases() {
    SettingsTree tree = SettingsTree.load(List.of(), List.of("data.format = none"));
    assertThatThrownBy(
            () -> {
              DataSettings.read(tree.section("data"), "runs");
              tree.throwIfInvalid();
            })
        .isInstanceOfSatisfying(
            UserException.class,
            e ->
                assertThat(
                        e.getMessage()
                            .replaceFirst("(?s).*one of ([^\n]*), found.*", "$1")
                            .split(", "))
                    .containsExactlyInAnyOrderElementsOf(DATA.keySet()));
  }

  @Test
  void unknownNameIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Format.of("zip"))
        .hasMessageStartingWith("expected one of [idx, idx-gz, csv,")
        .hasMessageEndingWith(", found zip");
  }
}
