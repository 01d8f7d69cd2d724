package io.meanfield.pipeline.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.pipeline.train.TrainJob;
import io.meanfield.report.page.Page;
import io.meanfield.report.page.Section;
import io.meanfield.settings.SettingsTree;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What run.page leaves out of a run. */
class PageContentIT {
  @TempDir private Path folder;

  private JobSettings settings(IntFunction<String> row, String... more) throws IOException {
    List<String> lines = new ArrayList<>(List.of("x,y"));
    IntStream.range(0, 80).mapToObj(row).forEach(lines::add);
    Path file = Files.write(folder.resolve("data.csv"), lines);
    List<String> all =
        new ArrayList<>(
            List.of(
                "run.directory=\"" + folder + "\"",
                "data { format = csv, validation-fraction = 0.5, train.path = \"" + file + "\" }",
                "network.optimizer { name = sgd, learning-rate = 0.1 }",
                "train { epochs = 1, batch-size = 8, workers = 2 }"));
    all.addAll(List.of(more));
    return JobSettings.load(List.of(), all);
  }

  private JobSettings classes() throws IOException {
    return settings(
        i -> i % 10 + "," + (i % 10 < 5 ? "no" : "yes"),
        "data.columns.label = y",
        "network { layers = [ { dense = 1, activation = sigmoid } ], loss = binary_crossentropy }");
  }

  private static JobSettings with(JobSettings settings, String... more) {
    Config changed = ConfigFactory.parseString(String.join("\n", more));
    return JobSettings.read(SettingsTree.overDefaults(changed.withFallback(settings.config())));
  }

  private List<String> tables() throws IOException {
    try (Stream<Path> tables = Files.list(folder.resolve("run/tables"))) {
      return tables.map(table -> table.getFileName().toString()).sorted().toList();
    }
  }

  private List<String> sections() {
    Page page =
        RunPage.of(
            new Runs(new Configuration(false), folder.toString()).directory(new RunId("run")));
    return page.sections().stream().map(Section::id).toList();
  }

  @Test
  void aContinuedRunMayLeaveOutThePage() throws IOException {
    JobSettings settings = classes();
    TestJobs.train(settings, "run").run();
    assertThat(tables()).contains("curves", "importance", "classes", "confusion");
    assertThat(sections()).contains("probabilities", "importance", "columns");

    TrainJob.Options extend = new TrainJob.Options(true, Optional.empty());
    JobSettings none = with(settings, "train.epochs = 3", "run.page = none");
    Outcome last = TestJobs.train(none, "run", extend).run();
    assertThat(tables()).containsExactly("calibration", "columns", "epochs", "rounds");
    assertThat(folder.resolve("run/report.html")).doesNotExist();
    assertThat(last.paths()).containsKey("model").doesNotContainKey("page");
    assertThat(last.details()).noneMatch(line -> line.startsWith("page"));
  }
}
