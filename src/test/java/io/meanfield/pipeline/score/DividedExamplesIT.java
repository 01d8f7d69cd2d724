package io.meanfield.pipeline.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.pipeline.train.TrainJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings and evaluations on rows that a column of times or groups divides. */
class DividedExamplesIT {
  private static final int ROWS = 200;
  private static final String TIME = "data.columns.time = day";
  private static final String GROUP = "data.columns.group = shop";

  @TempDir private Path folder;

  private static String row(int i) {
    return String.join(
        ",",
        "r" + i,
        "2026-%02d-%02d".formatted(1 + i / 2 / 28, 1 + i / 2 % 28),
        "s" + i % 25,
        String.valueOf(Math.sin(i)),
        Math.sin(i) > 0 ? "1" : "0");
  }

  private String write(String name, List<Integer> rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,day,shop,x,y"));
    rows.forEach(i -> lines.add(row(i)));
    return "data.train.path=\"" + Files.write(folder.resolve(name), lines) + "\"";
  }

  private static List<Integer> all() {
    return new ArrayList<>(IntStream.range(0, ROWS).boxed().toList());
  }

  private JobSettings settings(String... more) {
    List<String> all = new ArrayList<>();
    all.add("run.page=none");
    all.add("run.directory=\"" + folder.resolve("runs") + "\"");
    all.add("data { format = csv, validation-fraction = 0.25, test-fraction = 0.2 }");
    all.add("data.columns { id = id, label = y, features = [x] }");
    all.add("network.layers = [ { dense = 1, activation = sigmoid } ]");
    all.add("network { loss = binary_crossentropy, optimizer.learning-rate = 0.1 }");
    all.add("train { workers = 2, batch-size = 20, epochs = 3 }");
    all.addAll(Arrays.asList(more));
    return JobSettings.load(List.of(), all);
  }

  private Set<String> predicted(String run) {
    return TestJobs.table(folder.resolve("runs"), run, "predictions").collectAsList().stream()
        .map(row -> row.<String>getAs("example_key"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void evaluateScoresTheNewestRowsOfAnyOrderAndSeed() throws IOException {
    String inOrder = write("rows.csv", all());
    List<Integer> shuffled = all();
    Collections.shuffle(shuffled, new Random(1));
    String inAnyOrder = write("shuffled.csv", shuffled);
    String weights = TestJobs.weights(TestJobs.train(settings(inOrder, TIME), "a").run());
    assertThat(TestJobs.weights(TestJobs.train(settings(inAnyOrder, TIME), "b").run()))
        .isEqualTo(weights);
    assertThat(TestJobs.evaluate(settings(inAnyOrder, TIME), "scores", "a").run().message())
        .contains(" of 40 correct)");
    Set<String> newest =
        IntStream.range(160, 200).mapToObj(i -> "r" + i).collect(Collectors.toSet());
    assertThat(predicted("scores")).isEqualTo(newest);
    TestJobs.train(settings(inOrder, TIME, "run.seed = 2"), "seed-2").run();
    TestJobs.evaluate(settings(inOrder, TIME, "run.seed = 3"), "scores-2", "seed-2").run();
    assertThat(predicted("scores-2")).isEqualTo(newest);
    assertThat(Files.readString(folder.resolve("runs/a/run.json")))
        .contains("\"divided_by\" : \"data.columns.time = day\"", "\"test\" : 40");
  }

  @Test
  void killedTrainingContinuesWithTheSameSplit() throws IOException {
    JobSettings settings = settings(write("rows.csv", all()), GROUP);
    String weights = TestJobs.weights(TestJobs.train(settings, "whole").run());
    assertThatThrownBy(
            () ->
                new TrainJob(
                        TestJobs.context(settings, "killed"),
                        TrainJob.Options.NONE,
                        TestJobs.failingAfterRound(2))
                    .run())
        .hasMessageContaining("killed");
    assertThat(TestJobs.weights(TestJobs.train(settings, "killed").run())).isEqualTo(weights);
  }

  @Test
  void baselinesLearnFromTheRowsOfTheTraining() throws IOException {
    JobSettings settings = settings(write("rows.csv", all()), GROUP, "run.page = full");
    TestJobs.train(settings, "a").run();
    Outcome outcome = TestJobs.evaluate(settings, "scores", "a").run();
    assertThat(outcome.details()).anyMatch(line -> line.startsWith("baseline most frequent "));
    Set<String> shops =
        predicted("scores").stream()
            .map(id -> "s" + Integer.parseInt(id.substring(1)) % 25)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(shops).hasSize(5);
    assertThat(predicted("scores")).hasSize(40);
  }

  @Test
  void anotherColumnThanInTrainingIsRefused() throws IOException {
    String rows = write("rows.csv", all());
    TestJobs.train(settings(rows, TIME), "a").run();
    assertThatThrownBy(() -> TestJobs.evaluate(settings(rows, GROUP), "scores", "a").run())
        .hasMessage(
            "data.test-fraction sets aside examples that a may have seen: it was trained with"
                + " examples divided by data.columns.time = day, but these are divided by"
                + " data.columns.group = shop; set data.columns.time and data.columns.group as in"
                + " that training, or set data.test or --data");
    assertThatThrownBy(() -> TestJobs.evaluate(settings(rows), "scores-2", "a").run())
        .hasMessageContaining(", but these are divided at random; ");
  }

  @Test
  void groupsOnBothSidesOfAGivenTestSetAreNoted() throws IOException {
    String rows = write("rows.csv", IntStream.range(0, 100).boxed().toList());
    List<Integer> later = IntStream.range(100, 110).boxed().toList();
    String test = write("test.csv", later).replace("data.train", "data.test");
    JobSettings settings = settings(rows, test, GROUP, "data.test-fraction = 0");
    TestJobs.train(settings, "a").run();
    assertThat(TestJobs.evaluate(settings, "scores", "a").run().notes())
        .contains(
            "10 of the 10 groups of data.columns.group = shop in data.test have rows in data.train,"
                + " too, so the model may have seen them; data.test-fraction in place of data.test"
                + " sets whole groups aside");
    Files.write(
        folder.resolve("test.csv"),
        List.of("id,day,shop,x,y", "q1,2027-01-01,new,1,1", "q2,2027-01-01,other,1,0"));
    assertThat(TestJobs.evaluate(settings, "new", "a").run().notes()).isEmpty();
    Files.delete(folder.resolve("rows.csv"));
    assertThat(TestJobs.evaluate(settings, "gone", "a").run().notes())
        .singleElement()
        .asString()
        .startsWith(
            "whether groups of data.columns.group = shop in data.test are in data.train, too, is"
                + " unknown: ");
  }

  private static final String PREPARED = "data { format = prepared, train.name = prepared }";

  private void prepare(JobSettings settings) {
    new PrepareJob(TestJobs.context(settings, "prepared"), DataSplit.TRAIN, Optional.empty()).run();
  }

  @Test
  void preparedExamplesAreDividedAsTheirRowsAre() throws IOException {
    JobSettings settings = settings(write("rows.csv", all()), TIME);
    prepare(settings);
    assertThat(TestJobs.weights(TestJobs.train(settings(PREPARED), "b").run()))
        .isEqualTo(TestJobs.weights(TestJobs.train(settings, "a").run()));
    assertThatThrownBy(() -> TestJobs.train(settings(PREPARED, GROUP), "c").run())
        .hasMessage(
            folder
                + "/runs/prepared was prepared with data.columns.time = day, so it cannot be"
                + " divided by data.columns.group = shop; prepare the data again with that setting,"
                + " or leave it out");
  }

  @Test
  void scaleOfPreparedTargetsIsThatOfTheOldestRows() throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,day,x,z"));
    all().forEach(i -> lines.add("r%d,%d,1,%s".formatted(i, i, i < 110 ? i : 1e6)));
    Files.write(folder.resolve("rows.csv"), lines);
    String[] regression = {
      "data.columns { label = null, targets = [z] }",
      "network { layers = [ { dense = 1, activation = linear } ], loss = mse }"
    };
    prepare(
        settings(
            "data.train.path=\"" + folder.resolve("rows.csv") + "\"",
            TIME,
            regression[0],
            regression[1]));
    TestJobs.train(settings(PREPARED, regression[0], regression[1]), "a").run();
    assertThat(
            ConfigFactory.parseFile(folder.resolve("runs/a/run.json").toFile())
                .getDoubleList("data.train.target_scale.means"))
        .containsExactly(54.5);
  }
}
