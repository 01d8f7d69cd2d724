package io.meanfield.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.LocalSpark;
import io.meanfield.data.PassedColumns;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.RowFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code predict --out} with {@code data.bad-rows = skip}, and places that cannot be written. */
class PredictBadRowsIT {
  private static final String HEADER = "customer,age,plan,churned";

  @TempDir private static Path folder;

  private static final String FIELDS =
      "has the record \"bad2,30\", whose number of fields is not that of the header; set"
          + " data.csv.multiLine = true if fields contain line breaks";
  private static Path clean;
  private static Path mixed;

  @BeforeAll
  static void train() throws IOException {
    List<String> rows = new ArrayList<>(List.of(HEADER));
    IntStream.range(0, 40)
        .forEach(i -> rows.add("c" + i + "," + (20 + i) + ",p" + i % 2 + "," + i % 2));
    clean = Files.write(folder.resolve("clean.csv"), rows);
    rows.add(3, "bad1,old,p0,0");
    rows.add(10, "bad2,30");
    mixed = Files.write(folder.resolve("mixed.csv"), rows);
    TestJobs.train(settings(clean), "churn").run();
  }

  private static JobSettings settings(Path test, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "run.page=none",
                "run.directory=\"" + folder.resolve("runs") + "\"",
                "data { format = csv, validation-fraction = 0 }",
                "data.columns { label = churned, categorical = [plan], features = [age] }",
                "data.train.path=\"" + clean + "\"",
                "data.test.path=\"" + test + "\"",
                "network.layers=[{ dense = 1, activation = sigmoid }]",
                "network.loss=binary_crossentropy",
                "train { epochs = 1, batch-size = 8 }"));
    all.addAll(Arrays.asList(more));
    return JobSettings.load(List.of(), all);
  }

  private static JobSettings skipping(Path test, String... more) {
    List<String> all = new ArrayList<>(List.of("data.bad-rows = skip"));
    all.addAll(Arrays.asList(more));
    return settings(test, all.toArray(String[]::new));
  }

  private static Outcome predict(JobSettings settings, String id, Path out) {
    PredictOutput output =
        new PredictOutput(
            Optional.of(out.toString()),
            Optional.empty(),
            PassedColumns.of(List.of("customer")),
            List.of(),
            RowFormat.PARQUET,
            false);
    return new PredictToOutputJob(TestJobs.context(settings, id), "churn", output).run();
  }

  private static List<Row> scored(Path out) {
    return read(out).select("customer", "probability").orderBy("customer").collectAsList();
  }

  private static Dataset<Row> read(Path table) {
    return LocalSpark.session().read().parquet(table.toString());
  }

  private static List<String> skipped(String run) {
    return read(folder.resolve("runs/" + run + "/tables/skipped_rows"))
        .orderBy("id", "column")
        .collectAsList()
        .stream()
        .map(row -> row.mkString("|"))
        .toList();
  }

  @Test
  void csvRowsThatCannotBeUsedAreLeftOutCountedAndListed() {
    Path out = folder.resolve("scored/csv");
    Outcome outcome = predict(skipping(mixed), "csv", out);
    assertThat(outcome.message()).isEqualTo("predicted 40 rows");
    assertThat(outcome.notes())
        .containsExactly(
            "skipped 2 of 42 rows of "
                + mixed
                + ": the number of fields in 1, column age in 1; the first is "
                + mixed
                + ": "
                + FIELDS);
    assertThat(skipped("csv"))
        .containsExactly(
            "csv|data.test|" + mixed + "|null|null|null|null|" + FIELDS,
            "csv|data.test|"
                + mixed
                + "|null|null|age|old|column age is \"old\", expected a finite number");
    Path whole = folder.resolve("scored/whole");
    assertThat(predict(skipping(clean), "whole", whole).notes()).isEmpty();
    assertThat(folder.resolve("runs/whole/tables/skipped_rows")).doesNotExist();
    assertThat(scored(out)).hasSize(40).isEqualTo(scored(whole));
  }

  @Test
  void dataWithoutARowThatCanBeUsedAreAnErrorAndPublishNothing() throws IOException {
    Path bad = Files.write(folder.resolve("bad.csv"), List.of(HEADER, "c0,old,p0,0"));
    Path out = folder.resolve("scored/none");
    assertThatThrownBy(() -> predict(skipping(bad), "none", out))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_UNREADABLE))
        .hasMessage(
            "no row can be used: skipped 1 of 1 rows of "
                + bad
                + ": column age in 1; the first is "
                + bad
                + ": column age is \"old\", expected a finite number");
    assertThat(out).doesNotExist();
    Path empty = Files.write(folder.resolve("empty.csv"), List.of(HEADER));
    assertThatThrownBy(() -> predict(settings(empty), "empty", out))
        .hasMessage(empty + " has no rows; set data.test to data with rows");
    assertThat(out).doesNotExist();
  }

  @Test
  void placeThatCannotBeWrittenIsNamedWithTheReason() {
    Path out = Path.of("/sys/meanfield/scored"); // where the kernel lets nobody create a file
    assertThatThrownBy(() -> predict(settings(clean), "sys", out))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code().exitCode()).isEqualTo(1))
        .hasMessageMatching(
            "cannot write /sys/meanfield/scored: (Read-only file system|Operation not"
                + " permitted|permission denied); check the path of --out, its permissions and the"
                + " free space");
  }
}
