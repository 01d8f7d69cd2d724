package io.meanfield.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.LocalSpark;
import io.meanfield.Mnist;
import io.meanfield.data.idx.IdxSource;
import io.meanfield.pipeline.page.RunPage;
import io.meanfield.report.page.BarChart;
import io.meanfield.report.page.Block;
import io.meanfield.report.page.Cards;
import io.meanfield.report.page.Gallery;
import io.meanfield.report.page.HeatMap;
import io.meanfield.report.page.LineChart;
import io.meanfield.report.page.Page;
import io.meanfield.report.page.PageWriter;
import io.meanfield.report.page.ScatterChart;
import io.meanfield.report.page.Section;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the pages of small runs with the tables of the runs, which Spark reads. */
class RunPageIT {
  private static final int DIGITS = 1_000;
  private static final String HOSTILE = "</script><img src=x onerror=alert(1)>";

  @TempDir private Path folder;

  private JobSettings settings(String... more) {
    List<String> all =
        new ArrayList<>(List.of("run.directory=\"" + folder + "\"", "train { workers = 2 }"));
    all.addAll(List.of(more));
    return JobSettings.load(List.of(), all);
  }

  private RunDirectory run(String id) {
    return new Runs(new Configuration(false), folder.toString()).directory(new RunId(id));
  }

  private List<Row> table(String run, String name) {
    return LocalSpark.session()
        .read()
        .parquet(folder.resolve(run).resolve("tables").resolve(name).toString())
        .collectAsList();
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
    PageWriter.write(page, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private JobSettings digits() {
    IdxSource digits = Mnist.first(DIGITS);
    return settings(
        "data { format = idx, validation-fraction = 0.3 }",
        "data.train { images = \"" + digits.images() + "\" }",
        "data.train { labels = \"" + digits.labels().orElseThrow() + "\" }",
        "network.layers = [{dense = 16, activation = relu}, {dense = 10, activation = softmax}]",
        "network { input = [784], loss = categorical_crossentropy, optimizer.name = adam }",
        "train { epochs = 2, batch-size = 32 }");
  }

  @Test
  void thePageOfATrainingShowsTheNumbersOfItsTables() throws IOException {
    Outcome outcome = TestJobs.train(digits(), "digits").run();
    assertThat(outcome.details()).contains("page     " + folder + "/digits/report.html");
    assertThat(outcome.paths()).containsEntry("page", folder + "/digits/report.html");
    Page page = RunPage.of(run("digits"));
    assertThat(Files.readString(folder.resolve("digits/report.html"))).isEqualTo(html(page));
    assertThat(sections(page))
        .containsExactly("summary", "learning", "classes", "examples", "time", "record");

    HeatMap confusion = blocks(page, HeatMap.class).get(0);
    double correct = IntStream.range(0, 10).mapToDouble(i -> confusion.values()[i][i]).sum();
    double all = Arrays.stream(confusion.values()).flatMapToDouble(Arrays::stream).sum();
    List<Row> epochs = table("digits", "epochs");
    assertThat(all).isEqualTo(0.3 * DIGITS);
    assertThat(correct / all)
        .isCloseTo(epochs.get(1).<Double>getAs("validation_accuracy"), within(1e-9));
    LineChart loss = blocks(page, LineChart.class).get(0);
    assertThat(loss.series().get(1).y())
        .containsExactly(
            epochs.stream().mapToDouble(row -> row.<Double>getAs("validation_loss")).toArray());
    requireMistakesAreDrawn(page);
  }

  private void requireMistakesAreDrawn(Page page) throws IOException {
    byte[] images = Files.readAllBytes(Mnist.FOLDER.resolve("train-images-idx3-ubyte"));
    List<Row> samples = table("digits", "samples");
    assertThat(samples).hasSize(24);
    double last = 1;
    for (Row sample : samples) {
      int first = 16 + 784 * (int) (long) sample.<Long>getAs("example_id");
      assertThat(sample.<byte[]>getAs("pixels"))
          .isEqualTo(Arrays.copyOfRange(images, first, first + 784));
      boolean mistake = sample.<String>getAs("kind").equals("mistake");
      assertThat(sample.<String>getAs("actual").equals(sample.<String>getAs("predicted")))
          .isEqualTo(!mistake);
      double probability = sample.<Double>getAs("probability");
      if (mistake) {
        assertThat(probability).isLessThanOrEqualTo(last);
        last = probability;
      }
    }
    assertThat(blocks(page, Gallery.class))
        .extracting(Gallery::caption, gallery -> gallery.pictures().size())
        .containsExactlyInAnyOrder(
            tuple("The most confident mistakes", 12), tuple("Random correct predictions", 12));
  }

  private Path churn(String name, long seed) throws IOException {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>(List.of("\"" + HOSTILE + "\",plan,noise,left"));
    for (int row = 0; row < 400; row++) {
      double x = random.nextGaussian();
      boolean yes = x + 0.5 * random.nextGaussian() > 0;
      String plan = random.nextBoolean() ? "<i>basic</i>" : "pro";
      lines.add(x + "," + plan + "," + random.nextGaussian() + "," + (yes ? "<b>yes</b>" : "no"));
    }
    return Files.write(folder.resolve(name), lines);
  }

  private JobSettings table() throws IOException {
    return settings(
        "data { format = csv, validation-fraction = 0.25 }",
        "data.train.path = \"" + churn("train.csv", 1) + "\"",
        "data.test.path = \"" + churn("test.csv", 2) + "\"",
        "data.columns { label = left, categorical = [plan] }",
        "network { layers = [ { dense = 1, activation = sigmoid } ] }",
        "network { loss = binary_crossentropy, optimizer { name = adam, learning-rate = 0.1 } }",
        "train { epochs = 5, batch-size = 32 }");
  }

  @Test
  void hostileNamesAndSecretsDoNotEnterThePagesOfATable() throws IOException {
    TestJobs.train(table(), "churn").run();
    Path manifest = folder.resolve("churn/run.json");
    String planted =
        Files.readString(manifest)
            .replaceFirst(
                "\"settings\" : \\{",
                "\"settings\" : { \"spark\" : { \"password\" : \"hunter2\" }, \"place\" :"
                    + " \"s3a://user:hunter3@bucket/\",");
    Files.writeString(manifest, planted);
    Page page = RunPage.of(run("churn"));
    assertThat(planted).contains("hunter2", "hunter3");
    assertThat(html(page))
        .doesNotContain("hunter", "<img src=x", "<b>yes", "<i>basic")
        .contains("yes");
    assertThat(sections(page)).contains("probabilities", "importance");

    List<Row> importance = table("churn", "importance");
    assertThat(importance)
        .extracting(row -> row.<String>getAs("column"))
        .containsExactly(HOSTILE, "noise", "plan");
    assertThat(increase(importance.get(0))).isGreaterThan(0.3);
    assertThat(increase(importance.get(1))).isBetween(-0.05, 0.05);
    BarChart bars =
        blocks(page, BarChart.class).stream()
            .filter(chart -> chart.caption().startsWith("Importance"))
            .findFirst()
            .orElseThrow();
    assertThat(bars.categories().get(0)).isEqualTo(HOSTILE);
    assertThat(bars.series().get(0).values()[0]).isEqualTo(increase(importance.get(0)));
    assertThat(blocks(page, Cards.class).get(0).cards().get(0).facts())
        .anyMatch(fact -> fact.name().equals(HOSTILE));
  }

  private static double increase(Row row) {
    return row.<Double>getAs("loss_increase");
  }

  @Test
  void thePageOfAnEvaluationHasTheCurvesOfTheTestExamples() throws IOException {
    JobSettings settings = table();
    TestJobs.train(settings, "churn").run();
    TestJobs.evaluate(settings, "churn-test", "churn").evaluate();
    Page page = RunPage.of(run("churn-test"));
    assertThat(sections(page))
        .containsExactly("summary", "classes", "probabilities", "examples", "importance", "record");
    LineChart roc = blocks(page, LineChart.class).get(0);
    double area = area(roc.series().get(0).x(), roc.series().get(0).y());
    double exact = table("churn-test", "evaluation").get(0).<Double>getAs("roc_auc");
    assertThat(area).isCloseTo(exact, within(0.005));
    assertThat(table("churn-test", "curves"))
        .filteredOn(row -> row.<String>getAs("kind").equals("score_histogram"))
        .extracting(row -> row.<Double>getAs("y"))
        .satisfies(
            counts ->
                assertThat(counts.stream().mapToDouble(Double::doubleValue).sum()).isEqualTo(400));
  }

  private static double area(double[] x, double[] y) {
    return IntStream.range(1, x.length)
        .mapToDouble(i -> (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2)
        .sum();
  }

  @Test
  void thePageOfARegressionShowsItsErrors() throws IOException {
    List<String> lines = new ArrayList<>(List.of("x,y"));
    IntStream.range(0, 80).forEach(i -> lines.add(i % 10 + "," + (3 * (i % 10) + 1)));
    Path file = Files.write(folder.resolve("line.csv"), lines);
    JobSettings settings =
        settings(
            "data { format = csv, validation-fraction = 0.5, columns.targets = [y] }",
            "data.train.path = \"" + file + "\"",
            "network { layers = [ { dense = 1, activation = linear } ], loss = mse }",
            "network.optimizer { name = sgd, learning-rate = 0.1 }",
            "train { epochs = 3, batch-size = 8 }");
    TestJobs.train(settings, "line").run();
    Page page = RunPage.of(run("line"));
    assertThat(sections(page))
        .containsExactly(
            "summary", "learning", "errors", "examples", "importance", "time", "record");
    assertThat(blocks(page, ScatterChart.class).get(0).series().get(0).x()).hasSize(40);
    assertThat(blocks(page, Cards.class).get(0).caption()).isEqualTo("The largest errors");
  }
}
