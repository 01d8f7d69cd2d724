package io.meanfield.storm;

import io.meanfield.pipeline.run.StepData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directories of one scenario: runs, registry, output, and Spark's working directory.
 *
 * @param data the examples, which all scenarios share
 */
record Site(Path folder, Path data) {
  /** The id of the run whose model every scenario finds. */
  static final String BASE = "base";

  private static final String BEFORE = "2026-01-01";
  static final String NIGHT = "2026-01-02";
  private static final String FAST_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";
  private static final String LOGGING =
      "-Dlog4j2.configurationFile=" + Path.of("conf/log4j2.properties").toAbsolutePath();
  private static final List<String> WORK = List.of("spark", "tmp", "log");
  // The file of a check before the job, which a killed process has left.
  private static final Pattern CHECK = Pattern.compile("\\.?\\.doctor-.*");

  /** Creates a site as a copy of another one. */
  static Site copy(Site template, Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(template.folder)) {
      for (Path path : paths.toList()) {
        Path name = template.folder.relativize(path);
        if (WORK.stream().noneMatch(name::startsWith)) {
          Files.copy(path, folder.resolve(name));
        }
      }
    }
    return new Site(folder, template.data).withWork();
  }

  /** Creates the directories that are no results. */
  Site withWork() throws IOException {
    for (String name : WORK) {
      Files.createDirectories(folder.resolve(name));
    }
    // A Spark home of its own, because the executors of a local cluster work below it.
    Files.createSymbolicLink(folder.resolve("spark/jars"), sparkJars());
    return this;
  }

  private static Path sparkJars() {
    String home = System.getenv().getOrDefault("SPARK_HOME", "target/spark");
    return Path.of(home, "jars").toAbsolutePath();
  }

  /** Writes the examples: the partitions of two nights, and the test set. */
  void writeData() throws IOException {
    Files.createDirectories(conf());
    StepData steps = new StepData(data);
    steps.writeTestExamples();
    steps.arrive(BEFORE);
    steps.arrive(NIGHT);
  }

  static List<String> training(String run) {
    return List.of("train", "--run-id", run);
  }

  /** Returns the retraining of a date, which is the id of its run, too. */
  static List<String> night(String date) {
    return List.of("retrain", "--date", date, "--run-id", date);
  }

  /** The commands whose results every scenario finds: a model, and a champion. */
  static List<List<String>> preparation() {
    return List.of(training(BASE), night(BEFORE));
  }

  /** Returns the results: all files that are no work of Spark, no log and no file of a check. */
  List<Path> results() throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths
          .filter(Files::isRegularFile)
          .filter(path -> WORK.stream().noneMatch(folder.relativize(path)::startsWith))
          .filter(path -> !CHECK.matcher(path.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }

  Path run(String id) {
    return folder.resolve("runs").resolve(id);
  }

  Path log(String name) {
    return folder.resolve("log").resolve(name);
  }

  Map<String, String> environment() {
    return Map.of(
        "SPARK_HOME", folder.resolve("spark").toString(), "SPARK_CONF_DIR", conf().toString());
  }

  private Path conf() {
    return data.resolveSibling("conf");
  }

  /** Returns the command line of scripts/submit. */
  List<String> submit(Scenario.Master master, List<String> arguments) {
    String java = FAST_START + " -Djava.io.tmpdir=" + folder.resolve("tmp") + " " + LOGGING;
    List<String> command = new ArrayList<>(List.of("scripts/submit", "--master", master.url()));
    command.addAll(List.of("--driver-java-options", java));
    for (String setting :
        List.of(
            "spark.executor.extraJavaOptions=" + java,
            "spark.driver.memory=2g",
            "spark.ui.enabled=false",
            "spark.ui.showConsoleProgress=false",
            "spark.local.dir=" + folder.resolve("tmp"))) {
      command.addAll(List.of("--conf", setting));
    }
    command.addAll(arguments);
    settings(arguments).forEach(setting -> command.addAll(List.of("--set", setting)));
    return command;
  }

  private List<String> settings(List<String> arguments) {
    // The second night learns faster and is promoted.
    String rate = arguments.contains(NIGHT) ? "0.2" : "0.02";
    return List.of(
        "run.directory=\"" + folder.resolve("runs") + "\"",
        "registry.directory=\"" + folder.resolve("models") + "\"",
        "data { format = csv, validation-fraction = 0, columns.label = y }",
        "data.columns { scale = none, log = none, impute = refuse, handle-unknown = error }",
        "data.train.path=\"" + data.resolve("in/date=" + BEFORE + "/rows.csv") + "\"",
        "data.test.path=\"" + data.resolve("test.csv") + "\"",
        "network { layers = [ { dense = 1, activation = sigmoid } ] }",
        "network { loss = binary_crossentropy, optimizer { name = adam } }",
        "network.optimizer.learning-rate = " + rate,
        "train { workers = 2, batch-size = 20, epochs = 6 }",
        "retrain { model = steps, floor = 0.6, max-drop = 1 }",
        "retrain.input=\"" + data.resolve("in") + "\"",
        "gate.rows.min = 100");
  }
}
