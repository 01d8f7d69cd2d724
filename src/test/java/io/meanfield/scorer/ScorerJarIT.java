package io.meanfield.scorer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meanfield.data.encoding.ColumnRoles.HandleUnknown;
import io.meanfield.evaluate.PredictionColumns;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.export.Export;
import io.meanfield.export.ExportedModel;
import io.meanfield.export.ProofExamples;
import io.meanfield.export.ProvedFile;
import io.meanfield.export.input.ModelInput;
import io.meanfield.export.input.RandomExamples;
import io.meanfield.export.input.RawRows;
import io.meanfield.export.mlflow.MlflowModel;
import io.meanfield.network.TaskType;
import io.meanfield.network.layers.AcceptedInputs;
import io.meanfield.store.file.FileContent;
import java.io.File;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar of the scorer, loaded with ONNX Runtime and Jackson and nothing else. */
class ScorerJarIT {
  private static final TestTable TABLE = new TestTable(HandleUnknown.EXTRA_COLUMN);

  @TempDir private static Path folder;
  private static Path jar;

  @BeforeAll
  static void pack() throws Exception {
    Path classes =
        Path.of(Scorer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Files.createSymbolicLink(folder.resolve("classes"), classes);
    Process packing =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "dev/ScorerJar.java",
                "test",
                folder.toString(),
                "1",
                "2")
            .redirectErrorStream(true)
            .start();
    String said = new String(packing.getInputStream().readAllBytes(), UTF_8);
    assertThat(packing.waitFor()).as(said).isZero();
    jar = folder.resolve("meanfield-scorer-test.jar");
  }

  private static URL place(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  @Test
  void jarHasNoClassOfSparkHadoopOrDl4j() throws Exception {
    try (JarFile files = new JarFile(jar.toFile())) {
      List<String> classes =
          files.stream().map(Object::toString).filter(name -> name.endsWith(".class")).toList();
      assertThat(classes).hasSizeBetween(20, 120);
      assertThat(classes).allMatch(name -> name.startsWith("io/meanfield/"));
      assertThat(files.getEntry("META-INF/maven/io.meanfield/meanfield-scorer/pom.xml"))
          .isNotNull();
    }
    assertThat(Files.size(jar)).isLessThan(1 << 19);
  }

  @Test
  void modelIsScoredWithoutSparkAsTheNetworkScoresIt() throws Exception {
    ModelInput.Columns input = new ModelInput.Columns(TABLE.encoder());
    ExportedModel exported =
        new ExportedModel("m", TABLE.model(), input, TestTable.LABELS, "1.0", Map.of());
    ProofExamples examples =
        ProofExamples.of(
            input,
            input.accept(new RandomExamples(500, new AcceptedInputs.Any(), 3)),
            "random inputs");
    ProvedFile file = new Export(exported).proved(examples);
    OutputSpec spec = OutputSpec.of(TABLE.model().network(), TaskType.BINARY);
    Path model = folder.resolve("model");
    write(
        MlflowModel.of(exported, new PredictionColumns(spec, TestTable.LABELS, List.of()))
            .files(file, examples),
        model);
    List<Map<String, Object>> rows = input.accept(new RawRows(examples.rows()));
    URL[] path = {
      jar.toUri().toURL(),
      place(OrtEnvironment.class),
      place(ObjectMapper.class),
      place(JsonFactory.class),
      place(JsonInclude.class)
    };
    float[] outputs;
    try (URLClassLoader alone = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
      Class<?> type = alone.loadClass("io.meanfield.scorer.Scorer");
      try (AutoCloseable scorer =
          (AutoCloseable) type.getMethod("load", Path.class).invoke(null, model)) {
        outputs = (float[]) type.getMethod("outputs", List.class).invoke(scorer, rows);
        List<?> scored = (List<?>) type.getMethod("score", List.class).invoke(scorer, rows);
        for (int row = 0; row < scored.size(); row++) {
          assertThat(((Map<?, ?>) scored.get(row)).get("probability_positive"))
              .isEqualTo((double) outputs[row]);
        }
      }
    }
    assertThat(new Export(exported).proof(examples, outputs).largestDifference()).isLessThan(1e-6);
  }

  private static void write(Map<String, FileContent> files, Path model) throws Exception {
    for (Map.Entry<String, FileContent> each : files.entrySet()) {
      File file = model.resolve(each.getKey()).toFile();
      Files.createDirectories(file.toPath().getParent());
      try (OutputStream out = Files.newOutputStream(file.toPath())) {
        each.getValue().writeTo(out);
      }
    }
  }
}
