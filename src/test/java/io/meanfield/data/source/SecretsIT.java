package io.meanfield.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains and evaluates with secrets in the options of data sources, in processes of their own. */
@Tag("cluster")
@Tag("promise")
class SecretsIT {
  private static final List<String> NAMES =
      List.of(
          "passwd",
          "apikey",
          "sharedKey",
          "sas",
          "auth",
          "keystore.pass",
          "kafka.sasl.jaas.config",
          "connectionString");

  @TempDir private Path folder;

  private record Ended(int exitCode, String output) {}

  private Ended run(String name, String... arguments) throws Exception {
    Path output = folder.resolve(name + ".log");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@dev/java-options",
                "-XX:TieredStopAtLevel=1",
                "-Xmx1g",
                "-Dspark.master=local[2]",
                "-Dspark.app.name=secrets",
                "-Dspark.ui.enabled=false",
                "-Dspark.eventLog.enabled=true",
                "-Dspark.eventLog.dir=" + folder,
                "-Dspark.sql.redaction.string.regex=p[l]anted-9", // as docs/data.md tells
                "-cp",
                System.getProperty("java.class.path"),
                "io.meanfield.cli.Meanfield"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new Ended(process.waitFor(), Files.readString(output));
  }

  private Path settings(String password) throws Exception {
    StringBuilder options = new StringBuilder("header = true, inferSchema = true");
    for (int i = 0; i < NAMES.size(); i++) {
      options.append(", ").append(NAMES.get(i)).append(" = planted-").append(i);
    }
    String rows =
        IntStream.range(0, 40)
            .mapToObj(i -> i + "," + Math.sin(i) + "," + i % 2)
            .reduce("ID,X,Y", (text, row) -> text + "\n" + row);
    Files.writeString(folder.resolve("rows.csv"), rows + "\n");
    return Files.writeString(
        folder.resolve("job.conf"),
        """
        run.directory = "%1$s/runs"
        data {
          format = spark
          columns { id = ID, label = Y, features = [X] }
          train { source = csv, path = "%1$s/rows.csv", options { %2$s } }
          test {
            source = jdbc
            options { url = "jdbc:h2:%1$s/db;PASSWORD=%3$s", user = sa,
              dbtable = "(SELECT * FROM things WHERE 'planted-9' <> 'token') t" }
          }
        }
        network.layers = [ { dense = 2, activation = softmax } ]
        train { epochs = 1, batch-size = 8 }
        """
            .formatted(folder, options, password));
  }

  private void fillDatabase() throws Exception {
    try (Connection database =
            DriverManager.getConnection("jdbc:h2:" + folder + "/db", "sa", "planted-8");
        Statement statement = database.createStatement()) {
      statement.execute(
          "CREATE TABLE things AS SELECT * FROM CSVREAD('"
              + folder
              + "/rows.csv') WHERE CAST(ID AS INTEGER) < 20");
      statement.execute("ALTER TABLE things ALTER COLUMN X DOUBLE PRECISION");
    }
  }

  @Test
  void noSecretOfADataSourceIsRecordedOrPrinted() throws Exception {
    String conf = settings("planted-8").toString();
    fillDatabase();
    Ended trained = run("train", "train", "--conf", conf, "--run-id", "a", "--verbose");
    assertThat(trained.exitCode()).as(trained.output()).isZero();
    Ended evaluated =
        run("evaluate", "evaluate", "--conf", conf, "--model", "a", "--run-id", "b", "--verbose");
    assertThat(evaluated.exitCode()).as(evaluated.output()).isZero();
    assertThat(Files.readString(folder.resolve("runs/a/report.html")))
        .contains("data.train.options.passwd");
    assertThat(eventLogs()).isNotEmpty();
    assertThat(filesWithSecrets()).isEmpty();
  }

  private List<Path> eventLogs() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith("local-")).toList();
    }
  }

  // The settings and the database have the secrets; every other file is of the application.
  private List<Path> filesWithSecrets() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (text.contains("planted") && !name.equals("job.conf") && !name.startsWith("db.")) {
          found.add(file);
        }
      }
    }
    return found;
  }
}
