package io.meanfield.pipeline.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Chart;
import io.meanfield.report.page.Chromium;
import io.meanfield.report.page.Page;
import io.meanfield.report.page.Section;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Compares the pages of small runs with the tables of the runs, which Spark reads. */
@Tag("cluster")
@Tag("promise")
class RunPageIT {
  @TempDir private static Path folder;
  private static ExampleRuns runs;
  private static Outcome outcome;

  @BeforeAll
  static void train() throws IOException {
    runs = new ExampleRuns(folder);
    outcome = runs.train();
  }

  private static <T extends Block> List<T> blocks(Page page, Class<T> type) {
    return page.sections().stream()
        .flatMap(section -> section.blocks().stream())
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private static List<String> sections(Page page) {
    return page.sections().stream().map(Section::id).toList();
  }

  private static String html(Page page) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    page.write(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void thePageOfATrainingShowsTheNumbersOfItsTables() throws IOException {
    assertThat(outcome.details()).contains("page     " + folder + "/digits/report.html");
    assertThat(outcome.paths()).containsEntry("page", folder + "/digits/report.html");
    Page page = RunPage.of(runs.directory("digits"));
    assertThat(Files.readString(folder.resolve("digits/report.html"))).isEqualTo(html(page));
    assertThat(sections(page)).containsExactly("summary", "learning", "classes", "record");

    Block.Confusion confusion = blocks(page, Block.Confusion.class).get(0);
    double correct = IntStream.range(0, 10).mapToLong(i -> confusion.counts()[i][i]).sum();
    double all = Arrays.stream(confusion.counts()).flatMapToLong(Arrays::stream).sum();
    List<Row> epochs = runs.table("digits", "epochs");
    assertThat(all).isEqualTo(0.3 * ExampleRuns.COUNT);
    assertThat(correct / all)
        .isCloseTo(epochs.get(1).<Double>getAs("validation_accuracy"), within(1e-9));
    Chart loss = blocks(page, Chart.class).get(0);
    assertThat(loss.series().get(1).y())
        .containsExactly(
            epochs.stream().mapToDouble(row -> row.<Double>getAs("validation_loss")).toArray());
  }

  @Test
  void hostileNamesDoNotEnterThePagesOfATable() throws IOException {
    Page page = RunPage.of(runs.directory("table"));
    assertThat(html(page)).doesNotContain("<img src=x", "<b>yes", "<i>basic").contains("yes");
    assertThat(sections(page)).contains("probabilities", "importance");

    List<Row> importance = runs.table("table", "importance");
    assertThat(importance)
        .extracting(row -> row.<String>getAs("column"))
        .containsExactly(ExampleRuns.HOSTILE, "noise", "plan");
    assertThat(increase(importance.get(0))).isGreaterThan(0.3);
    assertThat(increase(importance.get(1))).isBetween(-0.05, 0.05);
    Chart bars =
        blocks(page, Chart.class).stream()
            .filter(chart -> chart.caption().startsWith("Importance"))
            .findFirst()
            .orElseThrow();
    assertThat(bars.categories().get(0)).isEqualTo(ExampleRuns.HOSTILE);
    assertThat(bars.series().get(0).y()[0]).isEqualTo(increase(importance.get(0)));
  }

  private static double increase(Row row) {
    return row.<Double>getAs("loss_increase");
  }

  @Test
  void thePageOfAnEvaluationHasTheCurvesOfTheTestExamples() {
    Page page = RunPage.of(runs.directory("table-test"));
    assertThat(sections(page))
        .containsExactly(
            "result",
            "columns",
            "summary",
            "classes",
            "probabilities",
            "importance",
            "worst",
            "record");
    Chart roc = blocks(page, Chart.class).get(1);
    double area = area(roc.series().get(0).x(), roc.series().get(0).y());
    double exact = runs.table("table-test", "evaluation").get(0).<Double>getAs("roc_auc");
    assertThat(area).isCloseTo(exact, within(0.005));
    Chart histogram = blocks(page, Chart.class).get(4);
    assertThat(histogram.caption()).startsWith("Examples by their probability");
    assertThat(histogram.series().stream().flatMapToDouble(bars -> Arrays.stream(bars.y())).sum())
        .isEqualTo(400);
  }

  private static double area(double[] x, double[] y) {
    return IntStream.range(1, x.length)
        .mapToDouble(i -> (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2)
        .sum();
  }

  @Test
  void thePageOfARegressionShowsItsErrors() {
    Page page = RunPage.of(runs.directory("line"));
    assertThat(sections(page))
        .containsExactly(
            "result", "columns", "summary", "learning", "errors", "importance", "worst", "record");
    Chart points = blocks(page, Chart.class).get(1);
    assertThat(points.kind()).isEqualTo(Chart.Kind.POINTS);
    assertThat(points.series().get(0).x()).hasSize(40);
  }

  @Test
  void thePageOfPlayHasReturnsAndNoClasses() throws IOException {
    Page page = RunPage.of(runs.directory(ExampleRuns.POLE));
    assertThat(Files.readString(runs.page(ExampleRuns.POLE))).isEqualTo(html(page));
    assertThat(sections(page)).containsExactly("summary", "learning", "record");
    List<Row> best = runs.query(ExampleRuns.POLE, "select epoch from {epochs} where best");
    assertThat(blocks(page, Chart.class).get(0).markers())
        .containsExactly(new Chart.Marker(best.get(0).getInt(0), "best epoch"));
  }

  /** The pages as Chromium shows them. */
  @Nested
  class InChromium {
    private static JsonNode shown;

    @BeforeAll
    static void open() throws IOException, InterruptedException {
      Chromium.require();
      shown = Chromium.run("read.cjs", ExampleRuns.ALL.stream().map(runs::page).toList());
    }

    @ParameterizedTest
    @FieldSource("io.meanfield.pipeline.page.ExampleRuns#ALL")
    void everyFigureShowsTheRowsOfItsTable(String run) {
      ShownPage page = new ShownPage(shown.get(run));
      Map<String, String> charts = Figures.charts(run);
      assertThat(page.charts()).containsExactlyInAnyOrderElementsOf(charts.keySet());
      charts.forEach((caption, query) -> page.requireChart(caption, runs.query(run, query)));
      Figures.tables(run)
          .forEach((caption, query) -> page.requireTable(caption, runs.query(run, query)));
    }

    @ParameterizedTest
    @FieldSource("io.meanfield.pipeline.page.ExampleRuns#ALL")
    void thePageIsAccessibleAndFitsItsScreen(String run) {
      JsonNode page = shown.get(run);
      assertThat(page.get("title").asText()).isEqualTo(run);
      assertThat(page.at("/accessibility/light")).isEmpty();
      assertThat(page.at("/accessibility/dark")).isEmpty();
      assertThat(page.get("phone").asInt()).isEqualTo(390);
      assertThat(page.get("wide")).isEmpty();
      assertThat(page.get("problems")).isEmpty();
      assertThat(page.get("requests")).hasSize(1);
    }
  }
}
