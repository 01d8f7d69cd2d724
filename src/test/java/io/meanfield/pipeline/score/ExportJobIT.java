package io.meanfield.pipeline.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.Mnist;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.settings.JobSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exported models, called as another program calls them, predict what {@code predict} predicts. */
class ExportJobIT {
  private static final int ROWS = 200;
  private static final int DIGITS = 300;

  @TempDir private static Path folder;

  private static JobSettings settings(List<String> more) {
    List<String> all =
        new ArrayList<>(
            List.of("run.page=none", "run.directory=\"" + folder.resolve("runs") + "\""));
    all.addAll(more);
    return JobSettings.load(List.of(), all);
  }

  private Outcome export(JobSettings settings, String model, boolean random) {
    String out = folder.resolve(model + ".onnx").toString();
    return new ExportJob(
            TestJobs.context(settings, model + (random ? "-random" : "-onnx")),
            new ExportJob.Options(model, out, ExportFormat.ONNX, random))
        .export();
  }

  private List<Row> predictions(JobSettings settings, String model) {
    TestJobs.predict(settings, model + "-predict", model).run();
    return LocalSpark.session()
        .read()
        .parquet(folder.resolve("runs/" + model + "-predict/tables/predictions").toString())
        .orderBy(functions.expr("coalesce(int(example_key), example_id)"))
        .collectAsList();
  }

  /** One row of the table: what a CSV file says, and what a caller of the model passes. */
  private record TableRow(int i) {
    boolean isMissing(int each) {
      return i % each == 0;
    }

    double size() {
      return isMissing(7) ? Double.NaN : Math.pow(1.05, i) / 3;
    }

    LocalDateTime seen() {
      return LocalDateTime.of(2024, 1, 1, 6, 30).plusMinutes(i * 3_001L);
    }

    LocalDate day() {
      return LocalDate.of(2023, 11, 5).plusDays(i * 5L);
    }

    String kind() {
      return isMissing(9) ? "" : "k" + i % 5;
    }

    String csv() {
      return String.join(
          ",",
          Integer.toString(i),
          isMissing(7) ? "" : Double.toString(size()),
          seen() + ":07Z",
          day().toString(),
          Boolean.toString(i % 3 == 0),
          kind(),
          i % 2 == 0 ? "no" : "yes");
    }
  }

  @BeforeAll
  static void trainOnTheTable() throws IOException {
    TestJobs.train(settings(tableSettings()), "table").run();
  }

  private static List<String> tableSettings() throws IOException {
    List<String> lines = new ArrayList<>(List.of("row,size,seen,day,open,kind,y"));
    IntStream.range(0, ROWS).forEach(i -> lines.add(new TableRow(i).csv()));
    String file = Files.write(folder.resolve("table.csv"), lines).toString();
    return List.of(
        "data { format = csv, validation-fraction = 0 }",
        "data.train.path=\"" + file + "\"",
        "data.test.path=\"" + file + "\"",
        "data.columns { id = row, label = y, categorical = [kind] }",
        "data.columns.dates.categorical = true",
        "network { layers = [ { dense = 5, activation = tanh }, { dense = 2, activation = softmax }"
            + " ], loss = categorical_crossentropy }",
        "train { workers = 2, batch-size = 32, epochs = 3 }");
  }

  private static OnnxTensor doubles(List<Double> values) throws OrtException {
    double[] array = values.stream().mapToDouble(Double::doubleValue).toArray();
    return OnnxTensor.createTensor(
        OrtEnvironment.getEnvironment(), DoubleBuffer.wrap(array), new long[] {array.length, 1});
  }

  private static Map<String, OnnxTensor> columns(List<TableRow> rows) throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    inputs.put("size", doubles(rows.stream().map(TableRow::size).toList()));
    inputs.put(
        "seen",
        doubles(rows.stream().map(r -> r.seen().toEpochSecond(ZoneOffset.UTC) + 7.0).toList()));
    inputs.put("day", doubles(rows.stream().map(r -> r.day().toEpochDay() * 86_400.0).toList()));
    inputs.put("open", doubles(rows.stream().map(r -> r.isMissing(3) ? 1.0 : 0.0).toList()));
    String[] kinds = rows.stream().map(TableRow::kind).toArray(String[]::new);
    inputs.put(
        "kind",
        OnnxTensor.createTensor(
            OrtEnvironment.getEnvironment(), kinds, new long[] {kinds.length, 1}));
    return inputs;
  }

  @Test
  void onnxOfATableTakesItsColumnsAndPredictsWhatPredictDoes() throws Exception {
    JobSettings settings = settings(tableSettings());
    Outcome outcome = export(settings, "table", false);
    assertThat(outcome.message())
        .matches("exported table as onnx; largest difference .* on 200 examples \\(test set\\)");
    List<TableRow> rows = IntStream.range(0, ROWS).mapToObj(TableRow::new).toList();
    List<Row> predictions = predictions(settings, "table");
    try (OrtSession session =
            OrtEnvironment.getEnvironment().createSession(folder.resolve("table.onnx").toString());
        OrtSession.Result result = session.run(columns(rows))) {
      float[][] found = (float[][]) result.get("probabilities").orElseThrow().getValue();
      String[] labels = (String[]) result.get("label").orElseThrow().getValue();
      for (int i = 0; i < ROWS; i++) {
        List<Float> expected = predictions.get(i).getList(predictions.get(i).fieldIndex("outputs"));
        assertThat(found[i][0]).isCloseTo(expected.get(0), offset(1e-5f));
        assertThat(found[i][1]).isCloseTo(expected.get(1), offset(1e-5f));
        assertThat(labels[i])
            .isEqualTo(predictions.get(i).<Integer>getAs("predicted") == 1 ? "yes" : "no");
      }
    }
    JsonNode record = new ObjectMapper().readTree(folder.resolve("table.onnx.json").toFile());
    assertThat(record.at("/format").asText()).isEqualTo("onnx");
    assertThat(record.at("/proof/inputs").asText()).isEqualTo("test set");
    assertThat(record.at("/proof/largest_difference").asDouble()).isLessThan(1e-5);
    assertThat(record.at("/file_sha256").asText())
        .isEqualTo(DigestUtils.sha256Hex(Files.readAllBytes(folder.resolve("table.onnx"))));
  }

  private JobSettings digits() {
    return settings(
        List.of(
            "data { format = idx, validation-fraction = 0 }",
            Mnist.setting("train", Mnist.first(2000)),
            Mnist.setting("test", Mnist.slice(2000, DIGITS)),
            "network { input = [28, 28, 1], layers = [ { conv2d = 3, kernel = [5, 4], padding ="
                + " same, strides = [2, 2], activation = gelu }, { batch-normalization = true }, {"
                + " max-pooling2d = [2, 2] }, { flatten = true }, { dense = 10, activation ="
                + " softmax } ], loss = categorical_crossentropy }",
            "train { workers = 2, batch-size = 50, epochs = 1 }"));
  }

  @Test
  void onnxOfImagesTakesBytesAndAFinishedExportIsNotRepeated() throws Exception {
    JobSettings settings = digits();
    TestJobs.train(settings, "digits").run();
    export(settings, "digits", false);
    List<Row> predictions = predictions(settings, "digits");
    byte[] images = Files.readAllBytes(Path.of(Mnist.slice(2000, DIGITS).images().get(0)));
    ByteBuffer pixels = ByteBuffer.wrap(images, 16, images.length - 16).slice();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(folder.resolve("digits.onnx").toString());
        OnnxTensor input =
            OnnxTensor.createTensor(
                environment, pixels, new long[] {DIGITS, 28, 28, 1}, OnnxJavaType.UINT8);
        OrtSession.Result result = session.run(Map.of("images", input))) {
      float[][] found = (float[][]) result.get("probabilities").orElseThrow().getValue();
      for (int i = 0; i < DIGITS; i++) {
        List<Float> expected = predictions.get(i).getList(predictions.get(i).fieldIndex("outputs"));
        for (int cls = 0; cls < 10; cls++) {
          assertThat(found[i][cls]).isCloseTo(expected.get(cls), offset(1e-5f));
        }
      }
    }
    assertThat(export(settings, "digits", false).message())
        .startsWith("run digits-onnx is finished already: exported digits as onnx;");
    assertThat(export(settings, "digits", true).message())
        .startsWith("exported digits as onnx; largest difference ")
        .endsWith(" on 1000 examples (random inputs)");
  }
}
