package io.meanfield.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scripts print if something that they need is missing. They start no Java here. */
class ScriptsTest {
  @TempDir private Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private final Set<String> unset = new HashSet<>();

  @BeforeEach
  void copyScripts() throws IOException {
    Path scripts = Files.createDirectory(folder.resolve("scripts"));
    try (Stream<Path> files = Files.list(Path.of("scripts"))) {
      for (Path file : files.toList()) {
        Files.copy(file, scripts.resolve(file.getFileName()));
      }
    }
  }

  private void create(String file, String content) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
    assertThat(path.toFile().setExecutable(true)).isTrue();
  }

  private void assertRefused(String message, String sparkHome, String... command)
      throws IOException, InterruptedException {
    assertFailed(2, message, sparkHome, command);
  }

  /** Runs a script and asserts that it fails with this one line. */
  private void assertFailed(int exitCode, String message, String sparkHome, String... command)
      throws IOException, InterruptedException {
    List<String> words = Stream.concat(Stream.of("bash"), Stream.of(command)).toList();
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.environment().keySet().removeAll(List.of("MASTER", "DEPLOY_MODE", "SPARK_CONF_DIR"));
    builder.environment().put("SPARK_HOME", sparkHome);
    builder.environment().put("MEANFIELD_LOCAL_CLUSTER", folder.resolve("cluster").toString());
    builder.environment().putAll(environment);
    builder.environment().keySet().removeAll(unset);
    if (Files.exists(folder.resolve("java"))) {
      builder.environment().put("JAVA_HOME", folder.resolve("java").toString());
    }
    Process process = builder.redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .replace(folder.toString(), "HOME")
            .replaceAll("/\\S*/tmp\\.\\w+", "PLAN");
    assertThat(output).isEqualTo(message + "\n");
    assertThat(process.waitFor()).isEqualTo(exitCode);
  }

  @Test
  void submitWithoutABuildNamesTheBuild() throws Exception {
    assertRefused(
        "error: found no build; build with dev/package for a local master, or with mvn -DskipTests"
            + " package for all",
        "",
        "scripts/submit",
        "train");
  }

  @Test
  void quickBuildIsForALocalMaster() throws Exception {
    createPrintingSpark();
    Files.delete(folder.resolve("lib/meanfield-1.0-app.jar"));
    create("target/quick", "");
    create("target/classes.jsa", ""); // for the Spark of the build, and this is another one
    assertSubmitted(
        "train",
        "[HOME/target/lib/*] --conf spark.executorEnv.OMP_NUM_THREADS=1 --conf"
            + " spark.driver.defaultJavaOptions=-XX:Tier4InvocationThreshold=50000"
            + " -XX:Tier4MinInvocationThreshold=6000 -XX:Tier4CompileThreshold=150000"
            + " -XX:Tier4BackEdgeThreshold=400000 --class io.meanfield.cli.Meanfield spark-internal"
            + " train");
    assertRefused(
        "error: --master spark://host:7077 needs the application jar, which dev/package does not"
            + " build; build it with mvn -DskipTests package",
        "",
        "scripts/submit",
        "--master",
        "spark://host:7077",
        "train");
  }

  @Test
  void twoApplicationJarsAreListed() throws Exception {
    create("lib/meanfield-1.0-app.jar", "");
    create("target/meanfield-1.1-app.jar", "");
    assertFailed(
        2,
        "error: expected one application jar, found 2: HOME/lib/meanfield-1.0-app.jar"
            + " HOME/target/meanfield-1.1-app.jar; delete the others",
        "",
        "scripts/submit");
  }

  @Test
  void submitOfAnArchiveWithoutSparkNamesSparkHome() throws Exception {
    create("lib/meanfield-1.0-app.jar", "");
    assertRefused(
        "error: found no Spark; set SPARK_HOME to an installation of Spark 3.5, or 4.0.1 or newer",
        "",
        "scripts/submit",
        "train");
  }

  @Test
  void folderWithoutSparkIsRefusedAsSparkHome() throws Exception {
    create("lib/meanfield-1.0-app.jar", "");
    assertRefused(
        "error: SPARK_HOME=/no/spark is no installation of Spark: it has neither bin/spark-submit"
            + " nor jars/spark-core_*.jar",
        "/no/spark",
        "scripts/submit",
        "train");
  }

  @ParameterizedTest
  @CsvSource({
    "--principal ann@A.COM, --principal ann@A.COM needs --keytab FILE as well",
    "--conf spark.kerberos.keytab=/a, --keytab /a needs --principal NAME as well",
    "--principal ann --keytab /no/file, the keytab /no/file does not exist or cannot be read"
  })
  void incompleteLoginIsRefused(String options, String message) throws Exception {
    create("lib/meanfield-1.0-app.jar", "");
    assertRefused("error: " + message, "", ("scripts/submit " + options + " train").split(" "));
  }

  /** Creates an installation of Spark whose spark-submit prints its call, and fails. */
  private void createPrintingSpark() throws IOException {
    create("lib/meanfield-1.0-app.jar", "");
    create(
        "spark/bin/spark-submit", "#!/bin/sh\necho \"[${SPARK_DIST_CLASSPATH:-}] $*\"; exit 2\n");
  }

  private void assertSubmitted(String arguments, String call) throws Exception {
    List<String> command = Stream.of(("scripts/submit " + arguments).split(" ")).toList();
    assertRefused(call, folder.resolve("spark").toString(), command.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--master local[2]", "--conf spark.master=local", "--master local[*]"})
  void localMasterReadsTheJarWhereItIsAndCompilesLate(String master) throws Exception {
    createPrintingSpark();
    assertSubmitted(
        master + " predict",
        "[HOME/lib/meanfield-1.0-app.jar] --conf spark.executorEnv.OMP_NUM_THREADS=1 --conf"
            + " spark.driver.defaultJavaOptions=-XX:Tier4InvocationThreshold=50000"
            + " -XX:Tier4MinInvocationThreshold=6000 -XX:Tier4CompileThreshold=150000"
            + " -XX:Tier4BackEdgeThreshold=400000 "
            + master
            + " --class io.meanfield.cli.Meanfield spark-internal predict");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark://a:7077", "local-cluster[2,1,1024]", "yarn"})
  void otherMasterGetsTheJar(String master) throws Exception {
    createPrintingSpark();
    assertSubmitted(
        "--master " + master + " train",
        "[] --conf spark.executorEnv.OMP_NUM_THREADS=1 --master "
            + master
            + " --class io.meanfield.cli.Meanfield HOME/lib/meanfield-1.0-app.jar train");
  }

  @Test
  void installationWithoutSettingsOfItsLogIsQuiet() throws Exception {
    createPrintingSpark();
    create("spark/bin/spark-submit", "#!/bin/sh\necho \"${SPARK_SUBMIT_OPTS:-none}\"; exit 2\n");
    create("spark/conf/log4j2.properties.template", "");
    assertSubmitted("train", "\"-Dlog4j2.configurationFile=HOME/conf/log4j2.properties\" ");
    create("spark/conf/log4j2.properties", "");
    assertSubmitted("train", "none");
  }

  @Test
  void settingsOfTheInstallationStay() throws Exception {
    createPrintingSpark();
    create("spark/conf/spark-env.sh", "");
    create("spark/conf/spark-defaults.conf", "spark.driver.defaultJavaOptions -Xss4m\n");
    assertSubmitted(
        "--master local predict",
        "[] --conf spark.executorEnv.OMP_NUM_THREADS=1 --master local"
            + " --class io.meanfield.cli.Meanfield HOME/lib/meanfield-1.0-app.jar predict");
  }

  @Test
  void masterOfTheEnvironmentIsNoLocalMaster() throws Exception {
    createPrintingSpark();
    environment.put("MASTER", "spark://a:7077");
    assertSubmitted(
        "--verbose train",
        "[] --conf spark.executorEnv.OMP_NUM_THREADS=1 --verbose"
            + " --class io.meanfield.cli.Meanfield HOME/lib/meanfield-1.0-app.jar train");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sparkOfTheBuildReadsTheFolderConfWithoutSparkHome(boolean isUnset) throws Exception {
    createPrintingJava();
    create("target/meanfield-1.0-app.jar", "");
    create("conf/spark-defaults.conf", "spark.master spark://a:7077\n");
    unset.addAll(isUnset ? List.of("SPARK_HOME") : List.of());
    assertRefused(
        "-cp HOME/conf/:HOME/jars/* --conf spark.executorEnv.OMP_NUM_THREADS=1"
            + " --class io.meanfield.cli.Meanfield HOME/target/meanfield-1.0-app.jar train",
        "",
        "scripts/submit",
        "train");
  }

  @ParameterizedTest
  @CsvSource({
    "gpu.conf, -Dlog4j2.configurationFile=HOME/conf/log4j2.properties -cp HOME/jars/*",
    "hive-site.xml, -cp HOME/conf/:HOME/jars/*"
  })
  void localMasterUsesTheArchiveOfClasses(String file, String classPath) throws Exception {
    create("conf/log4j2.properties", "");
    create("conf/" + file, "");
    assertStartedWith(
        classPath, "train", " \"-XX:SharedArchiveFile=HOME/target/classes.jsa\" -Xlog:cds*=off");
  }

  @Test
  void serverUsesAnArchiveOfItsOwn() throws Exception {
    create("target/serve.jsa", "");
    assertStartedWith(
        "-cp HOME/conf/:HOME/jars/*",
        "serve",
        " \"-XX:SharedArchiveFile=HOME/target/serve.jsa\" -Xlog:cds*=off");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-javaagent:a.jar", "-XX:StartFlightRecording", "-XX:+FlightRecorder"})
  void javaWithAnAgentUsesNoArchive(String option) throws Exception {
    environment.put("JAVA_TOOL_OPTIONS", option);
    assertStartedWith("-cp HOME/conf/:HOME/jars/*", "train", "");
  }

  private void assertStartedWith(String classPath, String command, String options)
      throws Exception {
    String compilers =
        command.equals("serve")
            ? "-XX:TieredStopAtLevel=1"
            : "-XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=6000"
                + " -XX:Tier4CompileThreshold=150000 -XX:Tier4BackEdgeThreshold=400000";
    createPrintingJava();
    create("target/meanfield-1.0-app.jar", "");
    create("target/classes.jsa", "");
    assertRefused(
        classPath
            + " --conf spark.executorEnv.OMP_NUM_THREADS=1 --conf spark.driver.defaultJavaOptions="
            + compilers
            + options
            + " --class io.meanfield.cli.Meanfield spark-internal "
            + command,
        "",
        "scripts/submit",
        command);
  }

  @ParameterizedTest
  @CsvSource({
    "--load-spark-defaults --properties-file mine.conf, HOME/lib/meanfield-1.0-app.jar",
    "--usage-error, HOME/lib/meanfield-1.0-app.jar"
  })
  void optionsOfSpark4WithoutAValueEndBeforeTheCommand(String options, String jar)
      throws Exception {
    createPrintingSpark();
    create("mine.conf", "");
    create("spark/conf/spark-defaults.conf", "spark.master yarn\n");
    assertSubmitted(
        options + " train",
        "[] --conf spark.executorEnv.OMP_NUM_THREADS=1 "
            + options
            + " --class io.meanfield.cli.Meanfield "
            + jar
            + " train");
  }

  @Test
  void propertiesFileReplacesSparksDefaults() throws Exception {
    createPrintingSpark();
    create("mine.conf", "spark.driver.defaultJavaOptions=-Xss4m");
    create("spark/conf/spark-defaults.conf", "spark.master yarn\n");
    assertSubmitted(
        "--properties-file mine.conf train",
        "[HOME/lib/meanfield-1.0-app.jar] --conf spark.executorEnv.OMP_NUM_THREADS=1"
            + " --properties-file mine.conf --class io.meanfield.cli.Meanfield spark-internal"
            + " train");
  }

  private void assertPlanned(String expectedOptions, String plan, String... options)
      throws Exception {
    List<String> command = new ArrayList<>(List.of("scripts/submit", "--master", "spark://a:7077"));
    command.addAll(List.of("--deploy-mode", "cluster"));
    command.addAll(List.of(options));
    command.add("train");
    assertRefused(
        "[] --master local --deploy-mode client "
            + expectedOptions
            + "--conf spark.submit.deployMode=client --conf spark.driver.memory=1g"
            + " --conf spark.driver.defaultJavaOptions= --conf spark.driver.extraJavaOptions="
            + " --class io.meanfield.cli.ClusterSubmission HOME/lib/meanfield-1.0-app.jar plan PLAN"
            + " spark://a:7077 "
            + plan
            + " "
            + (4 + options.length)
            + " --master spark://a:7077 --deploy-mode cluster "
            + String.join(" ", options)
            + " train",
        folder.resolve("spark").toString(),
        command.toArray(String[]::new));
  }

  @Test
  void stepsOnTheSubmittingMachineHaveNoJavaOptionsOfTheDriver() throws Exception {
    createPrintingSpark();
    assertPlanned(
        "--conf spark.driver.memory=30g ",
        "-javaagent:a.jar 30g",
        "--conf",
        "spark.driver.memory=30g",
        "--driver-java-options",
        "-javaagent:a.jar");
  }

  @Test
  void stepsOnTheSubmittingMachineHaveTheLibraries() throws Exception {
    createPrintingSpark();
    String[] libraries = {
      "--packages",
      "a:b:1",
      "--repositories",
      "https://a",
      "--jars",
      "a.jar",
      "--exclude-packages=c"
    };
    assertPlanned(String.join(" ", libraries) + " ", " ", libraries);
  }

  @Test
  void interruptionOfASubmissionDoesNotClaimThatItsDriverRuns() throws Exception {
    create("lib/meanfield-1.0-app.jar", "");
    // Plans a run; called again, interrupts scripts/submit as soon as that handles the signal.
    create(
        "spark/bin/spark-submit",
        """
        #!/bin/sh
        while [ $# -gt 0 ] && [ "$1" != plan ]; do shift; done
        if [ "$1" = plan ]; then printf '%s\\0' a /runs /report false 0 > "$2"; exit; fi
        caught() { sed -n 's/^SigCgt:[[:space:]]*//p' "/proc/$PPID/status"; }
        until [ $((0x$(caught) >> 14 & 1)) = 1 ]; do :; done
        kill -TERM "$PPID"
        exec tail -f /dev/null
        """);
    assertFailed(
        130,
        "error: interrupted during the submission or the work of run a; if its driver was submitted"
            + " already, it continues in the cluster, and its state is in /runs/a/status.json",
        folder.resolve("spark").toString(),
        "scripts/submit",
        "--deploy-mode",
        "cluster",
        "train");
  }

  @ParameterizedTest
  @CsvSource({
    "2.12-3.5.9, 24.0.2",
    "2.13-4.0.1, 25.0.1",
    "2.13-4.1.0, 25",
    "2.12-3.5.0-amzn-1, 24.0.2"
  })
  void java24OrNewerIsRefusedBeforeSpark42(String spark, String java) throws Exception {
    create("target/spark/jars/spark-core_" + spark + ".jar", "");
    create("java/bin/java", "");
    create("java/release", "JAVA_VERSION=\"" + java + "\"\n");
    assertRefused(
        "error: Java must be older than 24 for Spark "
            + spark.substring(5)
            + ", found Java "
            + java.substring(0, 2)
            + "; set JAVA_HOME to Java 17, or SPARK_HOME to Spark 4.2 or newer",
        "",
        "scripts/spark-class",
        "org.apache.spark.deploy.SparkSubmit");
  }

  @ParameterizedTest
  @CsvSource({"11.0.2, 11", "1.8.0_392, 8"})
  void javaOlderThan17IsRefused(String java, String version) throws Exception {
    create("target/spark/jars/spark-core_2.12-3.5.9.jar", "");
    create("java/bin/java", "");
    create("java/release", "JAVA_VERSION=\"" + java + "\"\n");
    assertRefused(
        "error: Java must be 17 or newer, found Java " + version + "; set JAVA_HOME to Java 17",
        "",
        "scripts/spark-class",
        "org.apache.spark.deploy.SparkSubmit");
  }

  @Test
  void moduleThatLetsJavaWarnIsRemovedFromSparksCommand() throws Exception {
    create("target/spark/jars/spark-core_2.13-4.2.0.jar", "");
    create("java/release", "JAVA_VERSION=\"17.0.1\"\n");
    // Stands for Java: prints the command of Spark's launcher, and its arguments otherwise.
    create(
        "java/bin/java",
        "#!/bin/sh\ncase \"$*\" in *launcher.Main*)"
            + " printf '\\0\\n%s\\0--add-modules=jdk.incubator.vector\\0-Dx=y z\\0' \"$0\";;"
            + " *) echo \"$#: $*\"; exit 2;; esac\n");
    assertRefused("1: -Dx=y z", "", "scripts/spark-class", "Main");
  }

  /** Creates a Spark without an installation, and a Java that prints the command it would run. */
  private void createPrintingJava() throws IOException {
    create("target/spark/jars/spark-core_2.12-3.5.9.jar", "");
    create("java/release", "JAVA_VERSION=\"17.0.1\"\n");
    create(
        "java/bin/java",
        "#!/bin/sh\n"
            + "home=${0%/java/bin/java}\n"
            + "case \"$*\" in *launcher.Main*) shift 5; printf '\\0\\n"
            + "%s\\0-cp\\0%s/conf/:%s/jars/*\\0' \"$0\" \"$home\" \"$home\"; printf '%s\\0'"
            + " \"$@\";; *) echo \"$*\"; exit 2;; esac\n");
  }

  @ParameterizedTest
  @CsvSource({
    "make-churn, data/churn/train.csv,"
        + " a149c6f40185450db28e3d159f677ebfc06c2bf26b41736816511a08a50f627d",
    "fetch-flights, data/flights/flights-3m.parquet,"
        + " dbeb920c90f59b6ccaff823dcc3d08f25a97fa1ce128d93f40be4e931f5900b0"
  })
  void otherFilesAreNotReplaced(String script, String file, String sum) throws Exception {
    create("target/meanfield-1.0-app.jar", "");
    create(file, "mine");
    assertFailed(
        1,
        "error: HOME/"
            + file
            + " has SHA-256 3fd30542fe3f61b14bd4a4b2dc0b6fb30fa6f63ebce52dd1778aaa8c4dc02cff,"
            + " expected "
            + sum
            + "; move it away and run this again",
        "",
        "scripts/" + script);
    assertThat(folder.resolve(file)).hasContent("mine");
  }

  @ParameterizedTest
  @CsvSource({"''", "restart"})
  void localClusterWithoutAKnownCommandPrintsItsUsage(String command) throws Exception {
    assertRefused(
        "usage: scripts/local-cluster start|stop|status", "", "scripts/local-cluster", command);
  }

  @Test
  void localClusterThatCannotStartPrintsTheReason() throws Exception {
    assertFailed(
        1,
        "error: the master of the local cluster did not start: SPARK_HOME=/no/spark is no"
            + " installation of Spark: it has neither bin/spark-submit nor jars/spark-core_*.jar",
        "/no/spark",
        "scripts/local-cluster",
        "start");
  }

  @Test
  void localClusterMayBeInADirectoryWithABlank() throws Exception {
    createPrintingJava();
    create("java/bin/java", "#!/bin/sh\necho \"error: $SPARK_DAEMON_JAVA_OPTS\" >&2\nexit 1\n");
    environment.put("SPARK_DAEMON_JAVA_OPTS", "-Xss4m");
    environment.put("MEANFIELD_LOCAL_CLUSTER", folder.resolve("my cluster").toString());
    assertFailed(
        1,
        "error: the master of the local cluster did not start: -Xss4m"
            + " \"-Dlog4j2.configurationFile=HOME/my cluster/log4j2.properties\"",
        "",
        "scripts/local-cluster",
        "start");
  }
}
