package io.meanfield.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.score.ExportFormat;
import io.meanfield.pipeline.score.ExportJob;
import io.meanfield.pipeline.settings.JobSettings;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands read the folder of a model that Spark ML has saved, with the same results. */
class SavedFolderIT {
  private static final int ROWS = 120;

  @TempDir private static Path folder;
  private static MeanfieldClassificationModel model;
  private static List<Row> transformed;

  @BeforeAll
  static void saveAModel() throws IOException {
    List<String> lines = new ArrayList<>(List.of("row,size,seen,plan,y"));
    for (int i = 0; i < ROWS; i++) {
      String size = i % 7 == 0 ? "" : Double.toString(Math.pow(1.05, i) / 3);
      lines.add(i + "," + size + "," + day(i) + ",p" + i % 5 + "," + y(i));
    }
    Files.write(folder.resolve("table.csv"), lines);
    Dataset<Row> table = table();
    model =
        new MeanfieldClassifier()
            .setFeaturesCols(new String[] {"size", "seen", "plan"})
            .setLabelCol("y")
            .setIdCol("row")
            .setHiddenLayers(new int[] {6})
            .setMaxIter(4)
            .fit(table);
    model.write().overwrite().save(folder.resolve("m").toString());
    transformed = model.transform(table).orderBy("row").collectAsList();
  }

  private static int y(int i) {
    return i % 5 / 2;
  }

  private static LocalDate day(int i) {
    return LocalDate.of(2023, 11, 5).plusDays(i * 5L);
  }

  private static Dataset<Row> table() {
    return LocalSpark.session()
        .read()
        .option("header", true)
        .schema("row int, size double, seen date, plan string, y int")
        .csv(folder.resolve("table.csv").toString());
  }

  private static JobSettings settings(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "run.page=none",
                "run.directory=\"" + folder.resolve("runs") + "\"",
                "data.format=csv",
                "data.test.path=\"" + folder.resolve("table.csv") + "\"",
                "data.columns { id = row, label = y }"));
    all.addAll(List.of(more));
    return JobSettings.load(List.of(), all);
  }

  private static double probability(Row row) {
    return row.<Vector>getAs("probability").apply(1);
  }

  @Test
  void predictAndEvaluateGiveWhatTransformGives() {
    String saved = folder.resolve("m").toString();
    TestJobs.predict(settings(), "predicted", saved).run();
    List<Row> predictions =
        TestJobs.table(folder.resolve("runs"), "predicted", "predictions")
            .orderBy(functions.expr("int(example_key)"))
            .collectAsList();
    assertThat(predictions).hasSize(ROWS);
    int correct = 0;
    for (int i = 0; i < ROWS; i++) {
      Row expected = transformed.get(i);
      Row found = predictions.get(i);
      assertThat(found.<Integer>getAs("predicted"))
          .isEqualTo(expected.<Double>getAs("prediction").intValue());
      List<Float> outputs = outputs(found);
      double[] probabilities = expected.<Vector>getAs("probability").toArray();
      assertThat(outputs).hasSameSizeAs(probabilities);
      for (int cls = 0; cls < probabilities.length; cls++) { // blocks change the last bit
        assertThat(outputs.get(cls)).isCloseTo((float) probabilities[cls], offset(1e-6f));
      }
      correct += found.getAs("predicted").equals(expected.getAs("y")) ? 1 : 0;
    }
    Outcome evaluated = TestJobs.evaluate(settings(), "evaluated", saved + "/").run();
    assertThat(evaluated.message()).contains("(" + correct + " of " + ROWS + " correct)");
    Map<String, Double> metrics = MeanfieldClassificationModel.load(saved).evaluate(table());
    assertThat(metrics.keySet())
        .containsExactlyElementsOf(evaluated.result().metrics().keySet())
        .contains("examples", "loss", "accuracy", "macro_f1");
    metrics.forEach(
        (name, value) ->
            assertThat(value)
                .as(name)
                .isCloseTo(
                    evaluated.result().metrics().get(name),
                    offset(1e-6))); // blocks change the last bit
  }

  private static List<Float> outputs(Row row) {
    return row.getList(row.fieldIndex("outputs"));
  }

  private void export(JobSettings settings, String saved, String out) {
    new ExportJob(
            TestJobs.context(settings, "export-" + out),
            new ExportJob.Options(saved, folder.resolve(out).toString(), ExportFormat.ONNX, false))
        .export();
  }

  private static OnnxTensor doubles(Function<Integer, Double> value) throws OrtException {
    double[] values = IntStream.range(0, ROWS).mapToDouble(value::apply).toArray();
    return OnnxTensor.createTensor(
        OrtEnvironment.getEnvironment(), DoubleBuffer.wrap(values), new long[] {ROWS, 1});
  }

  private static Map<String, OnnxTensor> columns() throws OrtException {
    Map<String, OnnxTensor> inputs = new HashMap<>();
    inputs.put("size", doubles(i -> i % 7 == 0 ? Double.NaN : Math.pow(1.05, i) / 3));
    inputs.put("seen", doubles(i -> day(i).toEpochDay() * 86_400.0));
    String[] plans = IntStream.range(0, ROWS).mapToObj(i -> "p" + i % 5).toArray(String[]::new);
    inputs.put(
        "plan",
        OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), plans, new long[] {ROWS, 1}));
    return inputs;
  }

  @Test
  void exportTakesTheColumnsOfTheTableWithAndWithoutSettings() throws Exception {
    JobSettings none =
        JobSettings.load(
            List.of(),
            List.of("run.page=none", "run.directory=\"" + folder.resolve("runs") + "\""));
    export(none, folder.resolve("m/data/model.zip").toString(), "random.onnx");
    export(settings(), folder.resolve("m").toString(), "tested.onnx");
    for (String file : List.of("random.onnx", "tested.onnx")) {
      try (OrtSession session =
              OrtEnvironment.getEnvironment().createSession(folder.resolve(file).toString());
          OrtSession.Result result = session.run(columns())) {
        float[][] found = (float[][]) result.get("probabilities").orElseThrow().getValue();
        for (int i = 0; i < ROWS; i++) {
          assertThat(found[i][1]).isCloseTo((float) probability(transformed.get(i)), offset(1e-5f));
        }
      }
    }
  }

  @Test
  void modelOfVectorsIsExportedWithTheirNumbers() throws Exception {
    Dataset<Row> vectors =
        new VectorAssembler()
            .setInputCols(new String[] {"row", "y"})
            .setOutputCol("features")
            .transform(table());
    MeanfieldClassificationModel trained =
        new MeanfieldClassifier().setLabelCol("y").setMaxIter(2).fit(vectors);
    String saved = folder.resolve("vectors").toString();
    trained.write().overwrite().save(saved);
    List<Row> expected = trained.transform(vectors).orderBy("row").collectAsList();
    JobSettings none =
        JobSettings.load(
            List.of(),
            List.of("run.page=none", "run.directory=\"" + folder.resolve("runs") + "\""));
    export(none, saved, "vectors.onnx");
    float[] inputs = new float[2 * ROWS];
    for (int i = 0; i < ROWS; i++) {
      inputs[2 * i] = i;
      inputs[2 * i + 1] = y(i);
    }
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(folder.resolve("vectors.onnx").toString());
        OnnxTensor features =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(inputs), new long[] {ROWS, 2});
        OrtSession.Result result = session.run(Map.of("features", features))) {
      float[][] found = (float[][]) result.get("probabilities").orElseThrow().getValue();
      for (int i = 0; i < ROWS; i++) {
        assertThat(found[i][1]).isCloseTo((float) probability(expected.get(i)), offset(1e-5f));
      }
    }
  }

  @Test
  void modelWithoutItsEncodingsIsRefusedByEveryCommand() throws IOException {
    Path copy = Files.createDirectories(folder.resolve("alone")).resolve("model.zip");
    Files.copy(folder.resolve("m/data/model.zip"), copy);
    for (String name : List.of(copy.toString(), copy.getParent().toString())) {
      for (Runnable command :
          List.<Runnable>of(
              () -> export(settings(), name, "alone.onnx"),
              () -> TestJobs.predict(settings(), "alone-predict", name).run(),
              () -> TestJobs.evaluate(settings(), "alone-evaluate", name).run())) {
        assertThatThrownBy(command::run)
            .isInstanceOfSatisfying(
                UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNUSABLE))
            .hasMessage(
                copy
                    + " was trained on a table, but has no encodings.json beside it, which tells"
                    + " how rows become its inputs; copy the file from the folder where the model"
                    + " was written");
      }
    }
    Files.delete(copy);
  }

  @Test
  void folderWithoutAModelIsRefused() throws IOException {
    Path stages = Files.createDirectories(folder.resolve("pipeline/stages")).getParent();
    assertThatThrownBy(() -> TestJobs.predict(settings(), "none", stages.toString()).run())
        .hasMessage(
            stages
                + " has no data/model.zip and no model.zip; expected the folder that write().save"
                + " made of a model, or that of a run");
  }
}
