package io.meanfield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.meanfield.ml.MeanfieldRegressor;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Installs the wheel in a fresh virtual environment and runs the tests of the Python package, with
 * the PySpark that dev/test-python has installed.
 */
class PythonIT {
  private static final String BUILT_WITH = "3.5.9";

  @TempDir private static Path folder;
  private static Path table;
  private static String weights;

  @BeforeAll
  static void trainInJava() {
    requirePySpark(BUILT_WITH);
    Dataset<Row> penguins =
        LocalSpark.session()
            .read()
            .option("header", true)
            .option("inferSchema", true)
            .csv("jobs/lesson/data/penguins-*.csv")
            .coalesce(1)
            .withColumn("id", functions.monotonically_increasing_id());
    table = folder.resolve("penguins");
    penguins.write().parquet(table.toString());
    MeanfieldRegressor regressor =
        new MeanfieldRegressor()
            .setIdCol("id")
            .setFeaturesCols(new String[] {"*"})
            .setHiddenLayers(new int[] {8})
            .setMaxIter(2);
    regressor.setLabelCol("mass_kg");
    weights = regressor.fit(penguins).weightsSha256();
  }

  private static Path pySpark(String version) {
    return Path.of("target/pyspark", version).toAbsolutePath();
  }

  private static void requirePySpark(String version) {
    assumeTrue(
        Files.exists(pySpark(version).resolve("requirements"))
            || "1".equals(System.getenv("MEANFIELD_REQUIRE_PYSPARK")),
        "no PySpark " + version + ": call dev/test-python " + version);
  }

  @Test
  void commandTrainGivesTheWeights() throws Exception {
    Submit.Finished trained =
        Submit.runShort(
            "local[2]",
            "train",
            "--run-id",
            "penguins",
            "--set",
            "run.directory=" + folder.resolve("runs"),
            "--set",
            "data.format=parquet",
            "--set",
            "data.train.path=" + table,
            "--set",
            "data.columns.id=id",
            "--set",
            "data.columns.targets=[mass_kg]",
            "--set",
            "data.columns.features=[bill_length_cm, bill_depth_cm, flipper_dm]",
            "--set",
            "data.columns.categorical=[species, island, sex]",
            "--set",
            "network.layers=[{dense=8,activation=relu},{dense=1,activation=linear}]",
            "--set",
            "network.loss=mse",
            "--set",
            "train.epochs=2");
    assertThat(trained.weights()).isEqualTo(weights);
  }

  @Test
  void wheelWorksWithThePySparkOfTheBuild() throws Exception {
    runTests(BUILT_WITH, Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0.1", "4.2.0"})
  @Tag("cluster")
  void wheelWorksWithPySpark4(String version) throws Exception {
    requirePySpark(version);
    runTests(version, Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0.1", "4.2.0"})
  @Tag("cluster")
  void wheelWorksOverSparkConnect(String version) throws Exception {
    requirePySpark(version);
    try (ConnectServer server =
        ConnectServer.start(packages(pySpark(version)).resolve("pyspark"))) {
      runTests(version, Map.of("MEANFIELD_REMOTE", "sc://127.0.0.1:" + server.port()));
    }
  }

  @Test
  @Tag("cluster")
  void jarAloneWorksWithSparkSubmit() throws Exception {
    Path python = pySpark(BUILT_WITH);
    String jar = StandaloneCluster.applicationJar().toString();
    run(
        Map.of("PYSPARK_PYTHON", python.resolve("bin/python").toString()),
        packages(python).resolve("pyspark/bin/spark-submit").toString(),
        "--master",
        "local-cluster[1,2,1024]",
        "--jars",
        jar,
        "--py-files",
        jar,
        "src/test/python/job.py",
        table.toString(),
        weights);
  }

  private void runTests(String version, Map<String, String> environment) throws Exception {
    Path base = pySpark(version);
    Path fresh = folder.resolve("fresh-" + version);
    run(
        Map.of(),
        base.resolve("bin/python").toString(),
        "-m",
        "venv",
        "--without-pip",
        fresh.toString());
    String python = fresh.resolve("bin/python").toString();
    run(
        Map.of(),
        base.resolve("bin/pip").toString(),
        "--python",
        python,
        "install",
        "--no-index",
        "--no-deps",
        "--quiet",
        wheel());
    // What pip would download again.
    Files.writeString(packages(fresh).resolve("pyspark.pth"), packages(base).toString());
    run(environment, python, "-W", "ignore", "src/test/python/test_meanfield.py");
  }

  private static Path packages(Path environment) throws IOException {
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(environment.resolve("lib"), "python3*")) {
      return found.iterator().next().resolve("site-packages");
    }
  }

  private static String wheel() throws IOException {
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(Path.of("target"), "meanfield-*.whl")) {
      return found.iterator().next().toAbsolutePath().toString();
    }
  }

  private static void run(Map<String, String> environment, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(List.of(command));
    builder.environment().put("SPARK_SUBMIT_OPTS", Submit.FAST_START);
    builder.environment().put("MEANFIELD_TABLE", table.toString());
    builder.environment().put("MEANFIELD_WEIGHTS", weights);
    builder.environment().remove("SPARK_HOME");
    builder.environment().putAll(environment);
    Path output = Files.createTempFile(folder, "run", ".log");
    Process process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    int status = process.waitFor();
    assertThat(status).as(Files.readString(output)).isZero();
  }
}
