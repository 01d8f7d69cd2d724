package io.meanfield.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AccuracyTableTest {
  private final AccuracyTable table = new AccuracyTable("");

  private String printed() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    table.print(new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void cellIsTheMeanOfItsSeedsAndTheLargestDeviation() {
    table.add("2 workers", "every 1", 0.96);
    table.add("2 workers", "epoch", 0.9512);
    table.add("2 workers", "every 1", 0.97);
    table.add("2 workers", "epoch", 0.9512);
    table.add("2 workers", "every 1", 0.983);
    assertThat(printed())
        .isEqualTo(
            """
            |  | every 1 | epoch |
            |---|---|---|
            | 2 workers | 97.10 ± 1.20 | 95.12 ± 0.00 |
            """);
  }

  @Test
  void oneSeedHasNoSpread() {
    table.add("1 worker", "no averaging", 0.97);
    assertThat(printed()).endsWith("| 1 worker | 97.00 |\n");
  }
}
