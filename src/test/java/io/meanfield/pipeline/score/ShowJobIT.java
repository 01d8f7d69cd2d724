package io.meanfield.pipeline.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.idx.IdxFixtures;
import io.meanfield.engine.dl4j.ModelFile;
import io.meanfield.engine.dl4j.SavedModel;
import io.meanfield.error.UserException;
import io.meanfield.fixture.Digits;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.Mnist;
import io.meanfield.fixture.TestJobs;
import io.meanfield.network.Model;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.report.GrayText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows MNIST digits and rows of a table. */
class ShowJobIT {
  @TempDir private Path folder;

  private static JobSettings digits(String... more) {
    List<String> all = new ArrayList<>();
    all.add(Mnist.setting("test", Mnist.test()));
    all.addAll(Arrays.asList(more));
    return JobSettings.load(List.of(), all);
  }

  private static ShowJob show(JobSettings settings, Optional<String> model) {
    return new ShowJob(LocalSpark.session(), settings, DataSplit.TEST, model);
  }

  private static List<String> captions(List<String> lines) {
    return lines.stream().filter(line -> line.contains(": label ")).toList();
  }

  @Test
  void testDigit4523IsAnEight() {
    List<String> lines = show(digits(), Optional.empty()).named(List.of("4523", "17"));
    assertThat(captions(lines)).containsExactly("4523: label 8", "17: label 7");
    List<String> image = lines.subList(0, lines.indexOf("4523: label 8"));
    assertThat(image).isEqualTo(GrayText.lines(28, 28, 1, Digits.test().pixels(4523))).hasSize(14);
  }

  @Test
  void randomExamplesAreDistinctAndDependOnTheSeed() {
    ShowJob job = show(digits(), Optional.empty());
    List<String> first = captions(job.random(20));
    assertThat(first).doesNotHaveDuplicates().hasSize(20);
    assertThat(captions(job.random(20))).isEqualTo(first);
    assertThat(captions(show(digits("run.seed=1"), Optional.empty()).random(20)))
        .doesNotContainSequence(first.get(0), first.get(1));
  }

  @Test
  void predictionEqualsThatInTheTablePredictions() throws IOException {
    String runs = "run.directory=\"" + folder.resolve("runs") + "\"";
    JobSettings settings =
        digits(
            runs, "network { input = [784], layers = [ { dense = 10, activation = softmax } ] }");
    Path model = folder.resolve("model.zip");
    try (OutputStream out = Files.newOutputStream(model)) {
      ModelFile.write(SavedModel.ofNumbers(Model.untrained(settings.network(), 3)), out);
    }
    TestJobs.predict(settings, "predictions", model.toString()).run();
    Row row =
        LocalSpark.session()
            .read()
            .parquet(folder.resolve("runs/predictions/tables/predictions").toString())
            .where("example_id = 4523")
            .first();
    String expected =
        String.format(
            Locale.ROOT,
            "predicted %d, %.2f %%",
            row.<Integer>getAs("predicted"),
            100 * row.<Double>getAs("probability"));
    assertThat(show(settings, Optional.of(model.toString())).named(List.of("4523")))
        .endsWith("4523: label 8", expected);
  }

  @Test
  void unknownIdSaysHowToSeeIds() {
    assertThatThrownBy(() -> show(digits(), Optional.empty()).named(List.of("17", "10000")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            Path.of(Mnist.test().images().get(0)).toAbsolutePath()
                + " has no example 10000 among its 10000; show --random 5 prints some of them with"
                + " their ids");
    assertThatThrownBy(() -> show(digits(), Optional.empty()).random(401))
        .hasMessage("expected 1 to 400 examples to show at once, found 401");
  }

  @Test
  void imagesOfUnknownShapeAreRefused() throws IOException {
    byte[] pixels = new byte[2 * 6];
    String images = IdxFixtures.write(folder, "images", IdxFixtures.idx(pixels, 2, 2, 3));
    JobSettings settings =
        JobSettings.load(
            List.of(),
            List.of(
                "data.test { images = \"" + images + "\", labels = null }", "network.input=[6]"));
    assertThatThrownBy(() -> show(settings, Optional.empty()).random(1))
        .hasMessage(
            "the images of "
                + images
                + " cannot be drawn: expected network.input to be the square of a number, or"
                + " [height, width, channels] with 1 or 3 channels and { flatten = true } as the"
                + " first layer, found [6]");
  }

  @Test
  void tableRowsShowColumnNamesAndCategories() throws IOException {
    Path table =
        Files.write(
            folder.resolve("flowers.csv"),
            List.of("name,petals,color,kind", "a,5,red,rose", "b,3.5,blue,iris", "c,4,red,iris"));
    JobSettings settings =
        JobSettings.load(
            List.of(),
            List.of(
                "data { format = csv, train.path = none, test.path = \"" + table + "\" }",
                "data.columns { id = name, label = kind, categorical = [color] }",
                "data.columns.handle-unknown = error",
                "network.input=[3]"));
    ShowJob job = show(settings, Optional.empty());
    assertThat(job.named(List.of("b", "a")))
        .containsExactly(
            "b: label iris",
            "  petals = 3.5",
            "  color = blue",
            "a: label rose",
            "  petals = 5.0",
            "  color = red");
    assertThatThrownBy(() -> job.named(List.of("d")))
        .hasMessage(
            table
                + " has no example d among its 3; show --random 5 prints some of them with their"
                + " ids");
  }
}
