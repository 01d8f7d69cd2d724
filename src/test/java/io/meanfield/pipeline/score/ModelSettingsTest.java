package io.meanfield.pipeline.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.frame.CsvSource;
import io.meanfield.data.idx.IdxSource;
import io.meanfield.data.prepared.PreparedSource;
import io.meanfield.data.source.UnsetSource;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.settings.SettingsTree;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelSettingsTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir Path runs;

  @BeforeEach
  void createRuns() {
    claim(
        "table",
        "data { format = csv, train.path = a.csv, test.path = b.csv, csv.delimiter = tab,"
            + " columns { label = kind, categorical = [color] } }");
    claim("digits", "data { format = idx, train.images = i, test { images = j, labels = k } }");
  }

  private void claim(String id, String settings) {
    Map<String, Object> data =
        SettingsTree.load(List.of(), List.of(settings)).config().getObject("data").unwrapped();
    new Runs(HADOOP, runs.toString())
        .claim(new RunId(id), Manifest.of(Map.of("settings", Map.of("data", data))));
  }

  private JobSettings load(String model, List<String> data, String... assignments) {
    List<String> all = new ArrayList<>(List.of(assignments));
    all.add("run.directory=" + runs);
    return ModelSettings.of(List.of(), all).load(HADOOP, model, data);
  }

  @Test
  void formatAndColumnsAreThoseOfTheModelsRun() {
    CsvSource test = (CsvSource) load("table", List.of()).data().test();
    assertThat(test.paths()).containsExactly("b.csv");
    assertThat(test.options()).containsEntry("delimiter", "\t");
    assertThat(test.columns().label()).contains("kind");
    assertThat(test.columns().categorical()).containsExactly("color");
  }

  @Test
  void modelFileInsideARunIsTheModelOfThatRun() throws IOException {
    Files.createFile(runs.resolve("table/model.zip"));
    assertThat(load(runs.resolve("table/model.zip").toString(), List.of()).data().test())
        .isEqualTo(load("table", List.of()).data().test());
  }

  @Test
  void dataOptionReplacesTheTestSet() {
    CsvSource test = (CsvSource) load("table", List.of("c.csv", "d.csv")).data().test();
    assertThat(test.paths()).containsExactly("c.csv", "d.csv");
    assertThat(test.columns().label()).contains("kind");
    assertThat(load("digits", List.of("x")).data().test())
        .isEqualTo(new IdxSource("x", Optional.empty()));
    assertThat(load("digits", List.of("x", "y")).data().test())
        .isEqualTo(new IdxSource("x", Optional.of("y")));
  }

  @Test
  void settingsThatNameAFormatReplaceTheDataOfTheRun() {
    assertThat(load("table", List.of("prepared-1"), "data.format=prepared").data().test())
        .isEqualTo(new PreparedSource(runs.toString(), "prepared-1", Optional.empty()));
    assertThat(load("table", List.of(), "data.format=idx").data().test())
        .isEqualTo(new UnsetSource("data.test.images"));
  }

  @Test
  void modelWithoutARunHasNoTestSet() throws IOException {
    Path model = Files.createFile(runs.resolve("model.zip"));
    assertThat(load(model.toString(), List.of()).data().test())
        .isEqualTo(new UnsetSource("data.test.images"));
  }

  @Test
  void wrongNumberOfPathsIsRefused() {
    assertThatThrownBy(() -> load("digits", List.of("x", "y", "z")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "--data must be IMAGES or IMAGES LABELS, because data.format is idx; found 3 paths;"
                + " for a table, set data.format");
    assertThatThrownBy(() -> load("table", List.of("a", "b"), "data.format=prepared"))
        .hasMessage("--data must be one RUN-ID, because data.format is prepared; found 2 names");
  }

  @Test
  void missingModelIsNamedBeforeTheFormatOfItsData() {
    List<String> files = List.of("x", "y", "z");
    assertThatThrownBy(() -> load("tabel", files))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "there is no run tabel in "
                + runs
                + ", which has table, digits; expected the id of a run, the path of a model.zip,"
                + " the folder of a saved model, or a version such as NAME@champion");
    assertThatThrownBy(() -> load(runs + "/tabel/model.zip", files))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "expected a model.zip at "
                + runs
                + "/tabel/model.zip, found no file; check the path, and that its run has ended");
  }

  @Test
  void unknownFormatIsReportedAsASetting() {
    assertThatThrownBy(() -> load("table", List.of("a"), "data.format=xls"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("data.format must be one of idx, csv, parquet, spark, prepared");
  }
}
