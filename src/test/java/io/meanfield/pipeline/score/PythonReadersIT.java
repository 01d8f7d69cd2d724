package io.meanfield.pipeline.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meanfield.fixture.Mnist;
import io.meanfield.fixture.TestJobs;
import io.meanfield.fixture.TestPython;
import io.meanfield.pipeline.retrain.RetrainJob;
import io.meanfield.pipeline.retrain.RetrainOptions;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.train.history.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ONNX Runtime, pandas, Polars and DuckDB in Python read what runs have written. */
@Tag("cluster")
@Tag("promise")
class PythonReadersIT {
  @TempDir private static Path folder;

  private static JobSettings settings(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "run.directory=\"" + folder.resolve("runs") + "\"",
                "registry.directory=\"" + folder.resolve("models") + "\"",
                "network.loss = categorical_crossentropy",
                "train { workers = 2, batch-size = 50, epochs = 2 }"));
    all.addAll(List.of(more));
    return JobSettings.load(List.of(), all);
  }

  private static JobSettings digits() {
    return settings(
        "data { format = idx, validation-fraction = 0.1 }",
        Mnist.setting("train", Mnist.first(2_000)),
        Mnist.setting("test", Mnist.test()),
        "network { input = [784], layers = [ { dense = 10, activation = softmax } ] }");
  }

  private static JobSettings churn() {
    return settings(
        "data { format = csv, bad-rows = skip }",
        "data.train.path=\"" + folder.resolve("old.csv") + "\"",
        "data.test.path=\"" + folder.resolve("new.csv") + "\"",
        "data.columns { id = account, label = churned, categorical = [plan] }",
        "network.layers = [ { dense = 5, activation = tanh }, { dense = 2, activation = softmax }"
            + " ]",
        "gate.rows.min = 100",
        "retrain { model = churn, floor = 0.4 }");
  }

  /** Returns a row with a number, a date and a category, of which some are missing. */
  private static String row(int i) {
    String age = i % 7 == 0 ? "" : String.valueOf(20 + i % 50 / 3.0);
    String since = i % 11 == 0 ? "" : LocalDate.of(2023, 11, 5).plusDays(i * 5L % 700).toString();
    String plan = i % 9 == 0 ? "" : "plan " + i % 5;
    return String.join(",", String.valueOf(i), age, since, plan, i % 5 < 2 ? "yes" : "no");
  }

  private static void writeRows(String file, IntStream numbers) throws IOException {
    List<String> lines = new ArrayList<>(List.of("account,age,since,plan,churned"));
    numbers.mapToObj(PythonReadersIT::row).forEach(lines::add);
    Files.write(folder.resolve(file), lines);
  }

  @BeforeAll
  static void run() throws IOException {
    TestPython.require(TestPython.BIN);
    writeRows("old.csv", IntStream.range(0, 600));
    Files.writeString(
        folder.resolve("old.csv"),
        Files.readString(folder.resolve("old.csv")) + "600,many,2024-01-01,plan 1,no\n");
    writeRows("new.csv", IntStream.range(1_000, 1_300));
    Path images = Path.of(Mnist.test().images().get(0)).toAbsolutePath();
    Files.createSymbolicLink(folder.resolve("t10k-images-idx3-ubyte"), images);
    TestJobs.train(digits(), "mnist-1").run();
    TestJobs.evaluate(digits(), "mnist-1-evaluate", "mnist-1").run();
    new RetrainJob(
            TestJobs.context(churn(), "churn-1"),
            new RetrainOptions(LocalDate.parse("2026-01-01"), false, false),
            new TrainingListener() {})
        .run();
    export(digits(), "mnist-1", "mnist-1");
    export(churn(), "churn@champion", "churn");
    TestJobs.predict(digits(), "mnist-1-predict", "mnist-1").run();
    TestJobs.predict(churn(), "churn-predict", "churn@champion").run();
  }

  private static void export(JobSettings settings, String model, String name) {
    String out = folder.resolve(name + ".onnx").toString();
    new ExportJob(
            TestJobs.context(settings, name + "-onnx"),
            new ExportJob.Options(model, out, ExportFormat.ONNX, false))
        .export();
  }

  @Test
  void pageScoresRawRowsAsPredictDoesAndEveryTableIsRead() throws Exception {
    Path page = Path.of("docs/export.md").toAbsolutePath();
    JsonNode read =
        new ObjectMapper().readTree(TestPython.run(TestPython.BIN, folder, "readers.py", page));
    assertThat(read.get("difference").asDouble()).isLessThan(1e-5);
    assertThat(read.get("epochs").toString()).isEqualTo("[[\"churn-1\"],[\"mnist-1\"]]");
    assertThat(read.get("tables"))
        .extracting(JsonNode::asText)
        .containsExactly(
            "calibration",
            "classes",
            "columns",
            "confusion",
            "curves",
            "decisions",
            "epochs",
            "evaluation",
            "evaluation_by_class",
            "gate",
            "importance",
            "mean_contributions",
            "predictions",
            "rounds",
            "skipped_rows",
            "worst_rows");
  }
}
