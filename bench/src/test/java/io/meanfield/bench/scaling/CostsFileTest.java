package io.meanfield.bench.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostsFileTest {
  @TempDir private Path folder;

  @Test
  void costsThatWereWrittenAreRead() {
    Costs plain = CostsFixture.realistic(1);
    Costs costs =
        new Costs(
            plain.measurement(),
            plain.fixed(),
            plain.driver(),
            plain.executor(),
            plain.average(),
            List.of(CostsFixture.network(1200, 0.5)),
            List.of(new MeasuredRun("a network", 2, 10, 60_000, Averaging.DRIVER, 1.5, 2.5)));
    Path file = folder.resolve("costs.json");
    CostsFile.write(costs, file);
    assertThat(CostsFile.read(file)).isEqualTo(costs);
  }

  @Test
  void missingCostIsNamed() throws IOException {
    Path file = folder.resolve("costs.json");
    CostsFile.write(CostsFixture.none(), file);
    Files.writeString(file, Files.readString(file).replaceFirst("\"stage\" : 0.0,\\s*", ""));
    assertThatThrownBy(() -> CostsFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            file + " has no costs of this version: Missing creator property 'stage'")
        .hasMessageEndingWith("; measure them with dev/bench costs FILE");
  }

  @Test
  void negativeCostIsRefused() throws IOException {
    Path file = folder.resolve("costs.json");
    CostsFile.write(CostsFixture.none(), file);
    Files.writeString(
        file, Files.readString(file).replaceFirst("\"stage\" : 0.0", "\"stage\" : -1"));
    assertThatThrownBy(() -> CostsFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a cost must be at least 0 seconds, found -1.0");
  }
}
