package io.meanfield.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.TestJobs;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.settings.JobSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trains and predicts on a database and on files with rows that cannot be used. */
class SparkDataIT {
  private static final String PASSWORD = "geheim-4711";
  private static final String URL = "jdbc:h2:mem:things;DB_CLOSE_DELAY=-1";

  @TempDir private Path folder;

  private final SparkSession spark = LocalSpark.session();

  private JobSettings settings(String... data) {
    return JobSettings.load(
        List.of(),
        Stream.concat(
                Stream.of(
                    "run.page=none",
                    "run.directory = \"" + folder + "/runs\"",
                    "data.columns { id = ID, label = Y, categorical = [C] }",
                    "network { layers = [ { dense = 4, activation = relu },"
                        + " { dense = 2, activation = softmax } ] }",
                    "train { epochs = 2, batch-size = 8 }"),
                Stream.of(data))
            .toList());
  }

  private static List<String> rows() {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(i + "," + Math.sin(i) + "," + "rgb".charAt(i % 3) + "," + (i % 4 == 0 ? 1 : 0));
    }
    return rows;
  }

  private String csv(String name, List<String> rows) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "ID,X,C,Y\n" + String.join("\n", rows) + "\n");
    return file.toString();
  }

  private void fillDatabase() throws SQLException {
    try (Connection database = DriverManager.getConnection(URL, "sa", PASSWORD);
        Statement statement = database.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS things");
      statement.execute(
          "CREATE TABLE things (ID INT, X DOUBLE PRECISION, C VARCHAR(9), Y SMALLINT)");
      for (String row : rows()) {
        String[] values = row.split(",");
        values[2] = "'" + values[2] + "'";
        statement.execute("INSERT INTO things VALUES (" + String.join(",", values) + ")");
      }
    }
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve("runs").resolve(file));
  }

  @Test
  void databaseTrainsTheModelOfTheFileAndNoPasswordIsRecorded() throws Exception {
    fillDatabase();
    String options = "options { url = \"" + URL + "\", dbtable = things, user = sa, password = ";
    JobSettings jdbc =
        settings("data { format = spark, train { source = jdbc, " + options + PASSWORD + " } } }");
    Outcome fromFile =
        TestJobs.train(
                settings("data { format = csv, train.path = \"" + csv("a.csv", rows()) + "\" }"),
                "csv")
            .run();
    Outcome fromDatabase = TestJobs.train(jdbc, "jdbc").run();
    assertThat(TestJobs.weights(fromDatabase)).isEqualTo(TestJobs.weights(fromFile));
    assertThat(text("jdbc/run.json")).contains("\"dbtable\" : \"things\"").doesNotContain(PASSWORD);
    Set<Integer> before = LocalSpark.cachedRdds();
    assertThat(TestJobs.train(jdbc, "jdbc").run().message()).contains("is finished already");
    assertThat(LocalSpark.cachedRdds()).isSubsetOf(before);
    JobSettings other =
        settings(
            "data { format = spark, train { source = jdbc, "
                + options.replace("-1", "-1;LOCK_TIMEOUT=4712")
                + PASSWORD
                + " } } }");
    assertThatThrownBy(() -> TestJobs.train(other, "jdbc").run())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("settings.data.train.options.url was \"jdbc:h2:*** (sha256 ")
        .hasMessageNotContaining("4712");
    JobSettings wrong =
        settings("data { format = spark, train { source = jdbc, " + options + "wrong-0815 } } }");
    assertThatThrownBy(() -> TestJobs.train(wrong, "wrong").run())
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("data.train.source = jdbc cannot be read: ")
        .hasMessageNotContaining("wrong-0815");
  }

  @Test
  void badRowsAreSkippedInTrainingAndPredictionAndListedInTheRun() throws Exception {
    List<String> mixed = new ArrayList<>(rows());
    mixed.add(17, "50,much,r,1");
    mixed.add(3, "51,1,r,1,1");
    String clean = csv("clean.csv", rows());
    String bad = csv("bad.csv", mixed);
    Outcome expected =
        TestJobs.train(settings("data { format = csv, train.path = \"" + clean + "\" }"), "clean")
            .run();
    JobSettings skipping =
        settings(
            "data { format = csv, bad-rows = skip, train.path = \""
                + bad
                + "\", test.path = \""
                + bad
                + "\" }");
    Outcome trained = TestJobs.train(skipping, "bad").run();
    assertThat(TestJobs.weights(trained)).isEqualTo(TestJobs.weights(expected));
    assertThat(trained.notes()).anyMatch(note -> note.startsWith("skipped 2 of 42 rows of "));
    Outcome predicted = TestJobs.predict(skipping, "predicted", "bad").run();
    assertThat(predicted.message()).isEqualTo("predicted 40 examples");
    assertThat(predicted.notes()).anyMatch(note -> note.startsWith("skipped 2 of 42 rows of "));
    List<Row> listed =
        spark
            .read()
            .parquet(folder + "/runs/predicted/tables/skipped_rows")
            .select("run_id", "data", "id", "column", "value")
            .orderBy("column")
            .collectAsList();
    assertThat(listed.stream().map(Row::toString))
        .containsExactly("[predicted,data.test,51,null,null]", "[predicted,data.test,50,X,much]");
    assertThat(folder.resolve("runs/clean/tables/skipped_rows")).doesNotExist();
    assertThat(Optional.of(folder.resolve("runs/bad/tables/skipped_rows")))
        .get()
        .matches(Files::exists);
  }
}
