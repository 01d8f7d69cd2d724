package io.meanfield.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import io.meanfield.data.column.ColumnKinds;
import io.meanfield.fixture.ConnectServer;
import io.meanfield.fixture.JavaSnippets;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.StandaloneCluster;
import io.meanfield.fixture.Submit;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final String CLIENT = "client-4.2.0";
  private static final Pattern SCALA = Pattern.compile("(?ms)^```scala\\n(.*?)^```$");

  @TempDir private static Path folder;
  private static Path table;
  private static String weights;
  private static String importances;
  private static String evaluation;
  private static Path kinds;

  @BeforeAll
  static void trainInJava() throws Exception {
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
    kinds = ColumnKinds.csv(folder);
    MeanfieldRegressor regressor =
        new MeanfieldRegressor()
            .setIdCol("id")
            .setFeaturesCols(new String[] {"*"})
            .setHiddenLayers(new int[] {8})
            .setMaxIter(2);
    regressor.setLabelCol("mass_kg");
    MeanfieldRegressionModel model = regressor.fit(penguins);
    weights = model.weightsSha256();
    importances = String.join("\n", model.columnImportances(penguins).toJSON().collectAsList());
    evaluation = json(model.evaluate(penguins));
  }

  private static String json(Map<String, ?> values) {
    return ConfigValueFactory.fromMap(values).render(ConfigRenderOptions.concise());
  }

  /** Runs the Java snippets once; returns the weights of the first one's model. */
  private static String weightsOfSnippet() throws Exception {
    String saved = folder.resolve("models/penguins").toString();
    if (!Files.exists(Path.of(saved))) {
      runSnippets(LocalSpark.session().read().parquet(table.toString()));
    }
    return MeanfieldRegressionModel.load(saved).weightsSha256();
  }

  private static void runSnippets(Dataset<Row> penguins) throws Exception {
    String saved = folder.resolve("models/penguins/data/model.zip").toString();
    JavaSnippets.compile(
        "spark-ml.md",
        text ->
            text.replace("hdfs:///models/churn@champion", saved).replace("hdfs:///", folder + "/"),
        folder);
    penguins.createOrReplaceTempView("customers");
    Dataset<Row> accounts =
        LocalSpark.session()
            .range(60)
            .selectExpr(
                "cast(id as double) revenue",
                "id % 2 = 0 active",
                "date_add(date '2026-01-01', cast(id as int)) since",
                "if(id % 3 = 0, null, 'free') plan",
                "id % 5 shop",
                "cast(id % 2 as int) churned");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      for (String name : List.of("Snippet0", "Snippet1", "Snippet2", "Snippet3")) {
        Constructor<?> snippet = loader.loadClass(name).getDeclaredConstructor();
        Method run = snippet.getDeclaringClass().getDeclaredMethods()[0];
        snippet.setAccessible(true);
        run.setAccessible(true);
        Object made = snippet.newInstance();
        run.invoke(made, LocalSpark.session(), penguins, penguins, accounts, accounts);
      }
    }
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
  @Tag("cluster")
  @Tag("promise")
  void wheelFitsTransformsSavesAndLoads() throws Exception {
    runTests(
        BUILT_WITH,
        Map.of(),
        "-k",
        "params_have_names",
        "-k",
        "weights_are_those_of_java",
        "-k",
        "saved_stages_are_loaded",
        "-k",
        "columns_tell_what_they_were_for",
        "-k",
        "summary_tells_how_the_training_went",
        "-k",
        "evaluation_has_the_metrics_of_the_command",
        "-k",
        "wrong_params_are_refused",
        "-k",
        "columns_are_those_of_the_commands",
        "-k",
        "strings_are_what_their_values_are");
  }

  @Test
  @Tag("cluster")
  @Tag("promise")
  void typeCheckersSeeEveryAccessorAndMistake() throws Exception {
    run(Map.of(), freshPython(BUILT_WITH), "src/test/python/test_types.py");
  }

  @Test
  @Tag("cluster")
  @Tag("promise")
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
  @Tag("cluster")
  @Tag("promise")
  void wheelWorksWithThePySparkOfTheBuild() throws Exception {
    runTests(BUILT_WITH, Map.of("MEANFIELD_SNIPPET", weightsOfSnippet()));
  }

  @Test
  @Tag("cluster")
  @Tag("promise")
  void sessionsWithoutWhatThePackageNeedsAreNamed() throws Exception {
    run(Map.of(), freshPython(BUILT_WITH), "-W", "ignore", "src/test/python/test_sessions.py");
  }

  private static String scala(Path page) throws IOException {
    Matcher snippet = SCALA.matcher(Files.readString(page));
    assertThat(snippet.find()).isTrue();
    return snippet.group(1);
  }

  @Test
  @Tag("cluster")
  @Tag("promise")
  void scalaSnippetGivesTheWeightsOfJava() throws Exception {
    Path script = Files.createTempFile(folder, "snippet", ".scala");
    Files.writeString(
        script,
        "val penguins = spark.read.parquet(\""
            + table
            + "\")\nval newPenguins = penguins\n"
            + scala(Path.of("docs/spark-ml.md")).replace("hdfs:///", folder + "/scala/")
            + "println(\"weights \" + model.weightsSha256)\n"
            + "def readme() = {\n" // compiled only
            + scala(Path.of("README.md"))
            + "}\n");
    Path home = packages(pySpark(BUILT_WITH)).resolve("pyspark");
    ProcessBuilder shell =
        process(
            Map.of("SPARK_HOME", home.toString()),
            home.resolve("bin/spark-shell").toString(),
            "--master",
            "local[2]",
            "--jars",
            StandaloneCluster.applicationJar().toString());
    assertThat(finished(shell.redirectInput(script.toFile())))
        .contains("weights " + weightsOfSnippet())
        .contains("readme:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0.1", "4.2.0"})
  @Tag("cluster")
  void wheelWorksWithPySpark4(String version) throws Exception {
    requirePySpark(version);
    runTests(version, Map.of("MEANFIELD_SNIPPET", weightsOfSnippet()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0.1", "4.2.0"})
  @Tag("cluster")
  void wheelWorksOverSparkConnect(String version) throws Exception {
    requirePySpark(version);
    try (ConnectServer server = server(packages(pySpark(version)).resolve("pyspark"))) {
      runTests(version, remote(server));
    }
  }

  @Test
  @Tag("cluster")
  @Tag("promise")
  void wheelWorksWithTheClientOfSparkConnectAlone() throws Exception {
    requirePySpark(CLIENT);
    try (ConnectServer server = server(Path.of("target/spark-connect").toAbsolutePath())) {
      runTests(CLIENT, remote(server));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.0.1", "4.2.0"})
  @Tag("cluster")
  void serverOfSparkConnectWithoutTheJarIsNamed(String version) throws Exception {
    requirePySpark(version);
    try (ConnectServer server =
        ConnectServer.start(packages(pySpark(version)).resolve("pyspark"))) {
      run(remote(server), freshPython(version), "src/test/python/test_sessions.py", "ServerTest");
    }
  }

  private static ConnectServer server(Path home) throws IOException {
    return ConnectServer.startWithJar(
        home, "--conf", "spark.meanfield.checkpointRoot=" + checkpointRoot());
  }

  private static Path checkpointRoot() {
    return folder.resolve("checkpoints");
  }

  private static Map<String, String> remote(ConnectServer server) {
    return Map.of(
        "MEANFIELD_REMOTE",
        "sc://127.0.0.1:" + server.port(),
        "MEANFIELD_CHECKPOINT_ROOT",
        checkpointRoot().toString());
  }

  @Test
  @Tag("cluster")
  @Tag("promise")
  void jarAloneWorksWithSparkSubmit() throws Exception {
    String jar = StandaloneCluster.applicationJar().toString();
    submitJob("--jars", jar, "--py-files", jar);
  }

  @Test
  @Tag("cluster")
  @Tag("promise")
  void packageOfARepositoryWorksWithSparkSubmit() throws Exception {
    Path repository = folder.resolve("repository");
    Path artifact = Files.createDirectories(repository.resolve("io/meanfield/meanfield/0.1.0-it"));
    String version =
        StandaloneCluster.applicationJar()
            .getFileName()
            .toString()
            .replaceAll("meanfield-|-app\\.jar", "");
    Files.copy(
        Path.of("target/meanfield-" + version + ".jar"),
        artifact.resolve("meanfield-0.1.0-it.jar"));
    Files.writeString(
        artifact.resolve("meanfield-0.1.0-it.pom"),
        Files.readString(Path.of("pom.xml")).replaceFirst(version, "0.1.0-it"));
    submitJob(
        "--repositories",
        repository.toUri().toString(),
        "--packages",
        "io.meanfield:meanfield:0.1.0-it",
        "--conf",
        "spark.jars.ivy=" + folder.resolve("ivy"));
  }

  private static void submitJob(String... options) throws Exception {
    Path python = pySpark(BUILT_WITH);
    List<String> command =
        new ArrayList<>(
            List.of(
                packages(python).resolve("pyspark/bin/spark-submit").toString(),
                "--master",
                "local-cluster[1,2,1024]"));
    command.addAll(List.of(options));
    command.add("src/test/python/job.py");
    run(
        Map.of("PYSPARK_PYTHON", python.resolve("bin/python").toString()),
        command.toArray(String[]::new));
  }

  private void runTests(String version, Map<String, String> environment, String... options)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(freshPython(version), "-W", "ignore", "src/test/python/test_meanfield.py"));
    command.addAll(List.of(options));
    run(environment, command.toArray(String[]::new));
  }

  /** Returns the Python of a fresh environment with the wheel and a PySpark. */
  private static String freshPython(String version) throws Exception {
    Path base = pySpark(version);
    Path fresh = folder.resolve("fresh-" + version);
    String python = fresh.resolve("bin/python").toString();
    if (Files.exists(fresh)) {
      return python;
    }
    run(
        Map.of(),
        base.resolve("bin/python").toString(),
        "-m",
        "venv",
        "--without-pip",
        fresh.toString());
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
    return python;
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
    finished(process(environment, command));
  }

  private static ProcessBuilder process(Map<String, String> environment, String... command) {
    ProcessBuilder builder = new ProcessBuilder(List.of(command));
    builder.environment().put("SPARK_SUBMIT_OPTS", Submit.FAST_START);
    builder.environment().put("MEANFIELD_TABLE", table.toString());
    builder.environment().put("MEANFIELD_WEIGHTS", weights);
    builder.environment().put("MEANFIELD_KINDS", kinds.toString());
    builder.environment().put("MEANFIELD_USES", json(ColumnKinds.expected()));
    builder.environment().put("MEANFIELD_IMPORTANCES", importances);
    builder.environment().put("MEANFIELD_EVALUATION", evaluation);
    builder.environment().remove("SPARK_HOME");
    builder.environment().putAll(environment);
    return builder;
  }

  /** Returns the output of a process that succeeds. */
  private static String finished(ProcessBuilder process) throws Exception {
    Path output = Files.createTempFile(folder, "run", ".log");
    int status =
        process.redirectErrorStream(true).redirectOutput(output.toFile()).start().waitFor();
    assertThat(status).as(Files.readString(output)).isZero();
    return Files.readString(output);
  }
}
