package io.meanfield.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.Dataset;
import io.meanfield.data.Split;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.data.shard.TestSharding;
import io.meanfield.data.source.ReadContext;
import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.Mnist;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.train.history.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains ensembles whose members leave out one fold each. */
class FoldsIT {
  private static final int ROWS = 90;
  private static final String THREE_EPOCHS =
      "train { epochs = 3, batch-size = 8, folds = 3, members = auto, workers = 2 }";

  private static final String TABULAR = "network.preset = tabular";

  @TempDir private static Path folder;

  /** Writes a table in which the label of one row may be the other one. */
  private static Path csv(String name, int changed) throws IOException {
    Random random = new Random(5);
    List<String> lines = new ArrayList<>(List.of("id,x,y,label"));
    for (int id = 0; id < ROWS; id++) {
      double x = random.nextGaussian();
      boolean isHigh = x + random.nextGaussian() > 0;
      lines.add(
          String.format(
              Locale.ROOT,
              "k%d,%.4f,%.4f,%s",
              id,
              x,
              random.nextGaussian(),
              isHigh == (id != changed) ? "high" : "low"));
    }
    return Files.write(folder.resolve(name), lines);
  }

  private static JobSettings settings(Path table, String... more) {
    List<String> all = new ArrayList<>();
    all.add("run.directory=\"" + folder.resolve("runs") + "\"");
    all.add("data { format = csv, columns { id = id, label = label } }");
    all.add("data.train.path=\"" + table + "\"");
    all.add("network.hidden-layers = [6]");
    all.add("run.page = none");
    all.addAll(Arrays.asList(more));
    return JobSettings.load(List.of(), all);
  }

  private static Map<String, List<Float>> outOfFold(String run) {
    Map<String, List<Float>> outputs = new TreeMap<>();
    for (Row row : TestJobs.table(folder.resolve("runs"), run, "out_of_fold").collectAsList()) {
      outputs.put(row.getAs("example_key"), row.getList(row.fieldIndex("outputs")));
    }
    return outputs;
  }

  // Targets, not classes: the label of a row is among those that give each fold its share of each.
  @Test
  void outOfFoldPredictionDoesNotDependOnTheTargetOfItsRow() throws IOException {
    String targets =
        "data.columns { label = null, targets = [label] }, network.loss = binary_crossentropy";
    TestJobs.train(settings(numbers("targets.csv", -1), THREE_EPOCHS, targets), "targets").run();
    Map<String, List<Float>> found = outOfFold("targets");
    assertThat(found).hasSize(ROWS);
    for (int changed : new int[] {0, 89}) {
      String run = "changed-" + changed;
      Path table = numbers(run + ".csv", changed);
      TestJobs.train(settings(table, THREE_EPOCHS, targets), run).run();
      Map<String, List<Float>> other = outOfFold(run);
      assertThat(other).containsEntry("k" + changed, found.get("k" + changed));
      // The members that have seen it predict the rows of their own folds, two thirds, differently.
      long differing =
          found.entrySet().stream().filter(row -> !row.equals(outputOf(other, row))).count();
      assertThat(differing).isBetween(ROWS * 2L / 3 - 4, ROWS * 2L / 3 + 4);
    }
  }

  private static Path numbers(String name, int changed) throws IOException {
    String lines = Files.readString(csv(name, changed));
    return Files.writeString(folder.resolve(name), lines.replace("high", "1").replace("low", "0"));
  }

  private static Map.Entry<String, List<Float>> outputOf(
      Map<String, List<Float>> outputs, Map.Entry<String, List<Float>> row) {
    return Map.entry(row.getKey(), outputs.get(row.getKey()));
  }

  /**
   * Writes a table of sites with six rows each.
   *
   * @param other the site in which each row has the label of the row before it
   */
  private static Path csvOfSites(String name, int other) throws IOException {
    List<String> lines = Files.readAllLines(csv(name, -1));
    List<String> sites = new ArrayList<>(List.of(lines.get(0) + ",site"));
    for (int id = 0; id < ROWS; id++) {
      int site = id / 6;
      int labelled = site == other ? site * 6 + (id + 5) % 6 : id;
      String label = lines.get(labelled + 1).replaceFirst(".*,", "");
      sites.add(lines.get(id + 1).replaceFirst("[a-z]+$", label) + ",s" + site);
    }
    return Files.write(folder.resolve(name), sites);
  }

  @Test
  void outOfFoldPredictionDoesNotDependOnTheLabelsOfItsGroup() throws IOException {
    String site = "data.columns.group = site";
    Path table = csvOfSites("sites.csv", -1);
    String run = "sites";
    TestJobs.train(settings(table, THREE_EPOCHS, site), run).run();
    Map<String, List<Float>> found = outOfFold(run);
    assertThat(found).hasSize(ROWS);
    Path changed = csvOfSites("changed-sites.csv", 4);
    TestJobs.train(settings(changed, THREE_EPOCHS, site), "changed-site").run();
    Map<String, List<Float>> other = outOfFold("changed-site");
    for (int id = 24; id < 30; id++) {
      assertThat(other).containsEntry("k" + id, found.get("k" + id));
    }
    long differing =
        found.entrySet().stream().filter(row -> !row.equals(outputOf(other, row))).count();
    assertThat(differing).isBetween(ROWS / 2L, ROWS * 3L / 4);
    JobSettings many = settings(table, "train { folds = 16, members = auto, epochs = 1 }", site);
    assertThatThrownBy(TestJobs.train(many, "many")::run)
        .hasMessage(
            "train.folds is 16, but the values of data.columns.group = site divide the 90 training"
                + " examples of %s into at most 15 folds; set train.folds = auto or a smaller"
                + " number",
            table);
  }

  @Test
  void eachFoldHasItsShareOfEachClass() {
    Dataset digits = Mnist.first(300).open(ReadContext.of(LocalSpark.context(), 10));
    Split split = new Split(300, 0, 30, 2, 7, 8);
    JavaRDD<ShardGroup> shards = TestSharding.of(digits, split, 2).training();
    Map<Integer, List<Integer>> labels = new TreeMap<>();
    shards
        .flatMap(group -> group.folds(8).iterator())
        .map(ShardGroup::inMemory)
        .collect()
        .forEach(
            group -> {
              List<Integer> ofFold = new ArrayList<>();
              group
                  .chunks()
                  .forEachRemaining(
                      chunk ->
                          IntStream.range(0, chunk.count()).map(chunk::label).forEach(ofFold::add));
              labels.put(group.fold().orElseThrow().number(), ofFold);
            });
    shards.unpersist();
    assertThat(labels.values()).allMatch(ofFold -> ofFold.size() == 33 || ofFold.size() == 34);
    for (int label = 0; label < 10; label++) {
      int wanted = label;
      assertThat(labels.values().stream().map(found -> Collections.frequency(found, wanted)))
          .satisfies(
              counts ->
                  assertThat(Collections.max(counts) - Collections.min(counts)).isBetween(0, 1));
    }
  }

  @Test
  void placementAndRestartGiveTheSameWeights() throws IOException {
    Path table = csv("placed.csv", -1);
    String chunks = "data.chunk-size = 1m";
    String expected =
        TestJobs.weights(TestJobs.train(settings(table, chunks, THREE_EPOCHS), "one").run());
    JobSettings each = settings(table, chunks, THREE_EPOCHS, "train.workers-per-task = 1");
    TrainJob killed =
        new TrainJob(
            TestJobs.context(each, "each"), TrainJob.Options.NONE, TestJobs.failingAfterRound(2));
    assertThatThrownBy(killed::run).hasMessage("killed");
    assertThat(TestJobs.weights(TestJobs.train(each, "each").run())).isEqualTo(expected);
    TestJobs.train(settings(table, THREE_EPOCHS, "train.epochs = 2"), "longer").run();
    Outcome longer =
        new TrainJob(
                TestJobs.context(settings(table, THREE_EPOCHS), "longer"),
                new TrainJob.Options(true, Optional.empty()),
                new TrainingListener() {})
            .run();
    assertThat(TestJobs.weights(longer)).isEqualTo(expected);
  }

  @Test
  void smallTableHasEightFoldsUnlessMembersOrValidationRowsAreSet() throws IOException {
    Path table = csv("small.csv", -1);
    Outcome outcome =
        TestJobs.train(settings(table, TABULAR, "train.epochs = 2", "run.page = full"), "small")
            .run();
    assertThat(TestJobs.table(folder.resolve("runs"), "small", "out_of_fold").count())
        .isEqualTo(ROWS);
    assertThat(outcome.details())
        .anyMatch(line -> line.endsWith("(90 validation examples; the threshold is the default)"));
    assertThat(folder.resolve("runs/small/report.html")).isNotEmptyFile();
    assertThat(folder.resolve("runs/small/tables/importance")).isDirectory();
    for (String set : List.of("train.members = 2", "data.validation-fraction = 0.3")) {
      String run = set.replaceAll("[^a-z]", "");
      TestJobs.train(settings(table, TABULAR, "train.epochs = 1", set), run).run();
      assertThat(folder.resolve("runs").resolve(run).resolve("tables/out_of_fold")).doesNotExist();
    }
  }

  @Test
  void calibratedProbabilitiesHaveTheSmallestLossOfAllTemperatures() throws IOException {
    Path table = csv("calibrated.csv", -1);
    String epochs = TABULAR + ", train { epochs = 60, calibrate = none }";
    TestJobs.train(settings(table, epochs), "raw").run();
    TestJobs.train(settings(table, epochs, "train.calibrate = temperature"), "calibrated").run();
    Map<String, List<Float>> raw = outOfFold("raw");
    Map<String, List<Float>> calibrated = outOfFold("calibrated");
    double loss = logLoss(calibrated, table, 1);
    assertThat(loss).isLessThan(logLoss(raw, table, 1));
    assertThat(loss).isLessThan(logLoss(calibrated, table, 1.05));
    assertThat(loss).isLessThan(logLoss(calibrated, table, 0.95));
  }

  /** Returns the mean loss of the table's labels when the logits are divided by a temperature. */
  private static double logLoss(Map<String, List<Float>> outputs, Path table, double temperature)
      throws IOException {
    double sum = 0;
    for (String line : Files.readAllLines(table).subList(1, ROWS + 1)) {
      String[] fields = line.split(",", -1);
      double low = outputs.get(fields[0]).get(0); // the classes are high and low
      double logit = Math.log(low / (1 - low)) / temperature;
      sum += Math.log1p(Math.exp(fields[3].equals("low") ? -logit : logit));
    }
    return sum / ROWS;
  }

  @Test
  void foldsRefuseOtherMembersAndValidationRows() throws IOException {
    Path table = csv("refused.csv", -1);
    assertThatThrownBy(() -> settings(table, "train { folds = 3, members = 2 }"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("train.members must be auto or 3, because train.folds is 3, found 2");
    assertThatThrownBy(() -> settings(table, "train.folds = 3", "data.validation-fraction = 0.2"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "data.validation-fraction must be auto or 0, because train.folds is 3, found 0.2");
  }
}
