package io.meanfield.cli.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meanfield.cli.CommandResult;
import io.meanfield.cli.FinishedRuns;
import io.meanfield.store.Lease;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import io.meanfield.store.table.RowTable;
import io.meanfield.train.checkpoint.TestEpochs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
  private static final String SETTINGS =
      "command = train, seed = 1, settings { train { epochs = 2, batch-size = 32 }";

  @TempDir private Path folder;

  private FinishedRuns runs;

  @BeforeEach
  void locate() {
    runs = new FinishedRuns(folder.resolve("runs"));
  }

  private CommandResult compare(String... args) {
    return CommandResult.of(
        folder, Stream.concat(Stream.of("compare"), Stream.of(args)).toArray(String[]::new));
  }

  private void trained() {
    runs.train("slow", SETTINGS + " }", 2, 0.8, Map.of("validation_loss", 0.4));
    runs.train(
        "fast",
        SETTINGS + ", network.optimizer.learning-rate = 0.01 }",
        3,
        0.6,
        Map.of("validation_loss", 0.2, "epoch", 3.0));
  }

  @Test
  void textShowsWhatDiffersSideBySide() {
    trained();
    CommandResult result = compare("slow", "fast");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """

            settings
            | setting                         | slow  | fast |
            | ------------------------------- | ----- | ---- |
            | network.optimizer.learning-rate | unset | 0.01 |

            metrics
            | metric          | slow     | fast     |
            | --------------- | -------- | -------- |
            | epoch           |          | 3        |
            | validation_loss | 0.400000 | 0.200000 |

            validation_loss
            | epoch | slow     | fast     |
            | ----- | -------- | -------- |
            | 1     | 0.800000 | 0.600000 |
            | 2     | 0.400000 | 0.300000 |
            | 3     |          | 0.200000 |

            time and cost
            |                          | slow | fast  |
            | ------------------------ | ---- | ----- |
            | seconds                  | 10   | 10    |
            | seconds in epochs        | 1    | 1.500 |
            | examples                 | 200  | 300   |
            | examples a second        | 200  | 200   |
            | core seconds of learners | 1    | 1.500 |
            """);
  }

  private void played(String id, double... meanReturns) {
    RunDirectory run = runs.claim(id, "command = play, settings.reinforce.steps = 480");
    try (Lease lease = Lease.take(run)) {
      TestEpochs.play(lease.run(), meanReturns);
      lease.run().write(FinishedRuns.succeeded(Map.of("mean_return", 321.0)));
    }
  }

  @Test
  void runsOfPlayAreComparedByTheirReturns() throws IOException {
    played("a", 20, 300);
    played("b", 150, 90);
    CommandResult result = compare("a", "b");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains(
            """

            mean_return
            | epoch | a       | b       |
            | ----- | ------- | ------- |
            | 1     | 20.0000 | 150.000 |
            | 2     | 300.000 | 90.0000 |
            """);
    Path page = folder.resolve("compared.html");
    assertThat(compare("a", "b", "--page", page.toString()).exitCode()).isZero();
    assertThat(Files.readString(page)).contains("mean return");
  }

  @Test
  void runsWithoutMetricsAreNotCalledEqual() {
    runs.claim("a", "command = train");
    runs.claim("b", "command = train");
    assertThat(compare("a", "b").out())
        .contains("settings: no difference\n", "metrics: no run has a metric yet\n");
  }

  @Test
  void jsonHasCurvesAndCosts() throws IOException {
    trained();
    JsonNode comparison = new ObjectMapper().readTree(compare("slow", "fast", "--json").out());
    JsonNode curve = comparison.get("curves").get(0);
    assertThat(curve.get("metric").asText()).isEqualTo("validation_loss");
    assertThat(curve.get("lines").get(1).get("run").asText()).isEqualTo("fast");
    assertThat(curve.get("lines").get(1).get("values")).hasSize(3);
    assertThat(comparison.get("costs").get(4).get("values").get("slow").asDouble()).isEqualTo(1.0);
    assertThat(comparison.get("settings").get(0).get("values").get("fast").asText())
        .isEqualTo("0.01");
    assertThat(comparison.get("settings").get(0).get("values").has("slow")).isFalse();
  }

  private void columns(String id, String... uses) {
    try (Lease lease =
        Lease.take(
            new Runs(new Configuration(), folder.resolve("runs").toString())
                .directory(new RunId(id)))) {
      RowTable.<String>named("columns")
          .column("column", DataTypes.StringType, use -> use.split("=", 2)[0])
          .column("role", DataTypes.StringType, use -> use.split("=", 2)[1])
          .write(lease.run(), List.of(uses));
    }
  }

  @Test
  void columnsThatDifferAreShownForRunsOfTables() {
    trained();
    columns("slow", "age=number", "code=number", "city=category");
    assertThat(compare("slow", "fast").out()).doesNotContain("columns"); // fast has no table
    columns("fast", "age=number", "code=left out", "zip=category", "city=category");
    assertThat(compare("slow", "fast").out())
        .contains(
            """

            columns
            | column | slow   | fast     |
            | ------ | ------ | -------- |
            | code   | number | left out |
            | zip    |        | category |
            """);
  }

  @Test
  void pageHasMetricsCurvesSettingsAndColumnsOfAllRuns() throws IOException {
    trained();
    columns("slow", "code=number");
    columns("fast", "code=left out");
    Path page = folder.resolve("compared.html");
    CommandResult result = compare("slow", "fast", "--page", page.toString());
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).endsWith("page     " + page + "\n");
    assertThat(Files.readString(page))
        .contains(
            "Comparison of 2 runs",
            "<td class=\"\">validation loss</td><td class=\"right\">0.400000</td><td"
                + " class=\"right\">0.200000</td>",
            "<td class=\"\">network.optimizer.learning-rate</td>",
            "<td class=\"\">code</td><td class=\"\">number</td><td class=\"\">left out</td>",
            "<figcaption>validation accuracy</figcaption>",
            "Content-Security-Policy");
  }

  @Test
  void wrongRunsAreArgumentErrors() {
    trained();
    assertThat(compare("slow"))
        .isEqualTo(
            new CommandResult(2, "", "error: expected at least 2 runs to compare, found 1\n"));
    assertThat(compare("slow", runs.path("slow").toString()).err())
        .isEqualTo("error: run slow is named twice; expected different runs\n");
    assertThat(compare("slow", "../slow").exitCode()).isEqualTo(2);
    assertThat(compare("slow", "fa\u001bst").err()).startsWith("error: there is no run fa?st in ");
  }
}
