package io.meanfield.pipeline.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.settings.LocalSettingsFile;
import io.meanfield.settings.SettingsFile;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchIT {
  private static final String SPACE =
      "search { trials = 6, space { network.optimizer.learning-rate = { from = 1e-3, to = 1e-1,"
          + " scale = log }, train.batch-size = [8, 16, 32] } }";

  @TempDir private static Path folder;

  @BeforeAll
  static void writeATable() throws IOException {
    List<String> lines = new ArrayList<>(List.of("a,b,y"));
    for (int i = 0; i < 200; i++) {
      lines.add(i % 17 + "," + i * 7 % 23 + "," + (i % 17 > i * 7 % 23 ? "yes" : "no"));
    }
    Files.write(folder.resolve("table.csv"), lines);
    Files.write(
        folder.resolve("job.conf"),
        List.of(
            "run { page = none, directory = \"" + folder.resolve("runs") + "\" }",
            "data { format = csv, train.path = \"" + folder.resolve("table.csv") + "\" }",
            "data { columns.label = y, validation-fraction = 0.3 }",
            "network { preset = none, hidden-layers = [ { dense = 4, activation = relu } ] }",
            "network.optimizer.name = adam",
            "train { epochs = 10, batch-size = 16, workers = 2 }"));
  }

  private static JobSettings settings(List<SettingsFile> more, String... assignments) {
    List<SettingsFile> files =
        new ArrayList<>(List.of(new LocalSettingsFile(folder.resolve("job.conf"))));
    files.addAll(more);
    return JobSettings.load(files, List.of(assignments));
  }

  private static Outcome search(String id, List<String> lines, String... more) {
    return new SearchJob(TestJobs.context(settings(List.of(), more), id), lines::add).run();
  }

  private static List<Row> trials(String id) {
    return TestJobs.table(folder.resolve("runs"), id, "trials").orderBy("trial").collectAsList();
  }

  private static RunDirectory run(String id) {
    return new Runs(new Configuration(), folder.resolve("runs").toString())
        .find(new RunId(id))
        .orElseThrow();
  }

  @Test
  void bestSettingsTrainTheModelOfTheirTrialAgain() {
    List<String> lines = new ArrayList<>();
    Outcome outcome = search("halved", lines, SPACE);
    List<Row> trials = trials("halved");
    assertThat(trials).hasSize(6);
    assertThat(trials.get(0).<String>getAs("state")).isEqualTo("finished");
    assertThat(trials.get(0).<String>getAs("settings")).isEqualTo("{}");
    // The better half goes on after a fifth of the ten epochs, and half of it before the middle.
    assertThat(trials)
        .extracting(trial -> trial.<Integer>getAs("epochs"))
        .contains(2, 5, 10)
        .containsOnly(2, 5, 10);
    int best = outcome.result().metrics().get("best_trial").intValue();
    assertThat(trials)
        .filteredOn(trial -> trial.<String>getAs("state").equals("finished"))
        .allMatch(trial -> trial.<Double>getAs("value") >= trials.get(best).<Double>getAs("value"))
        .hasSizeLessThan(6);
    assertThat(outcome.message()).startsWith("trained ").contains(" of 6 trials to the end: ");
    assertThat(lines)
        .first()
        .asString()
        .startsWith("trial    0: loss ")
        .endsWith("its end, the settings as they are");

    // The trial was paused twice, and ended with the bits of a training that was not.
    SettingsFile found =
        new LocalSettingsFile(folder.resolve("runs/halved").resolve(SearchJob.BEST));
    String weights = TestJobs.weights(TestJobs.train(settings(List.of(found)), "again").run());
    assertThat(run("halved-trial-" + best).status().orElseThrow().weightsSha256())
        .contains(weights);
  }

  @Test
  void moreTrialsKeepThoseThatThereAre() {
    String two = SPACE.replace("trials = 6", "trials = 2, halving = false");
    search("grown", new ArrayList<>(), two);
    List<Row> before = trials("grown");
    Instant began = run("grown-trial-1").status().orElseThrow().started();
    List<String> lines = new ArrayList<>();
    search("grown", lines, two, "search.trials = 3");
    assertThat(trials("grown")).hasSize(3).startsWith(before.toArray(Row[]::new));
    assertThat(run("grown-trial-1").status().orElseThrow().started()).isEqualTo(began);
    assertThat(lines).hasSize(2); // the first one, whose data are checked, and the new one
    assertThatThrownBy(() -> search("grown", new ArrayList<>(), two))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("settings.search.trials was 3, is 2; choose another --run-id");
  }

  @Test
  void trialThatDivergesIsRecordedAndTheOthersGoOn() {
    Outcome outcome =
        search(
            "diverging",
            new ArrayList<>(),
            "search { trials = 3, space.network.optimizer { name = [sgd], learning-rate = [9e5] } }");
    assertThat(trials("diverging"))
        .extracting(trial -> trial.<String>getAs("state"))
        .containsExactly("finished", "diverged", "diverged");
    assertThat(outcome.message())
        .startsWith(
            "trained 1 of 3 trials to the end: none is better than the settings as they are");
  }

  @Test
  void wrongSettingsOfATrialAreFoundBeforeTheFirstOneRuns() {
    assertThatThrownBy(
            () ->
                search(
                    "wrong",
                    new ArrayList<>(),
                    "search { trials = 2, space { train.batch-size = [0] } }"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("train.batch-size must be");
    assertThatThrownBy(() -> search("wrong", new ArrayList<>(), "search.trials = 2"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "search.space = auto is the space around the default network of tables, which these"
                + " settings do not use; name the settings to search");
    assertThatThrownBy(
            () -> search("wrong", new ArrayList<>(), SPACE, "data.validation-fraction = 0"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("there are none; raise data.validation-fraction");
  }
}
