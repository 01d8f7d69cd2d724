package io.meanfield.bench.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ScalingBenchmarkTest {
  @TempDir private Path folder;

  private static String errorOf(String... arguments) {
    StringWriter err = new StringWriter();
    CommandLine command = ScalingBenchmark.commandLine().setErr(new PrintWriter(err));
    assertThat(command.execute(arguments)).isEqualTo(2);
    return err.toString();
  }

  @Test
  void missingFileOfCostsIsNamed() {
    Path file = folder.resolve("costs.json");
    assertThat(errorOf("--costs", file.toString()))
        .isEqualTo(
            "error: found no costs in " + file + "; measure them with dev/bench costs FILE\n");
  }

  @Test
  void bandwidthOfZeroIsRefused() {
    Path file = folder.resolve("costs.json");
    CostsFile.write(CostsFixture.none(), file);
    assertThat(errorOf("--costs", file.toString(), "--bandwidth", "0"))
        .isEqualTo(
            "error: the bandwidth must be above 0 and the latency at least 0, found 0.0 and"
                + " 1.0E-4\n");
  }

  @Test
  void helpListsTheOptions() {
    StringWriter out = new StringWriter();
    CommandLine command = ScalingBenchmark.commandLine().setOut(new PrintWriter(out));
    assertThat(command.execute("--help")).isZero();
    assertThat(out.toString()).contains("--bandwidth=GBIT", "--sigma=NUMBER");
  }

  /** A round of two executors of a host: a job, then the averages of both states. */
  @Test
  void checksComparePredictedAndMeasuredRounds() {
    Costs plain =
        CostsFixture.of(
            new Costs.Fixed(0.5, 0, 0, 0, 0),
            CostsFixture.NO_DRIVER,
            CostsFixture.NO_EXECUTOR,
            1e-4);
    Costs costs =
        new Costs(
            plain.measurement(),
            plain.fixed(),
            plain.driver(),
            plain.executor(),
            plain.average(),
            List.of(new NetworkCost("small", 100, 1200, 128, 1)),
            List.of(new MeasuredRun("small", 2, 0, 0, Averaging.DRIVER, 0.8, 1.0)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ChecksTable(costs).print(new PrintStream(out, true, StandardCharsets.UTF_8));
    String table = out.toString(StandardCharsets.UTF_8);
    assertThat(table.lines().filter(line -> line.startsWith("|")).map(ScalingBenchmarkTest::cells))
        .containsOnly(10L);
    assertThat(table)
        .endsWith(
            "| small | 2 | a round without computing | driver | 0.740 | 0.800 | -8 % | 0.740 | 1.00"
                + " | -26 % |\n");
  }

  private static long cells(String row) {
    return row.chars().filter(character -> character == '|').count() - 1;
  }

  @Test
  void costsOfTheRepositoryAreReadable() {
    Path file = Path.of("bench/costs.json");
    assertThat(Files.exists(file)).isTrue();
    Costs costs = CostsFile.read(file);
    assertThat(costs.networks()).extracting(NetworkCost::weights).contains(52_650L, 97_812_010L);
    assertThat(costs.runs()).isNotEmpty();
  }
}
