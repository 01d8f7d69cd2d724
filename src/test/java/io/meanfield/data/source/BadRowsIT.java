package io.meanfield.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.meanfield.data.Dataset;
import io.meanfield.data.TrainingShare;
import io.meanfield.data.encoding.SkippedRow;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.formats.DataSettings;
import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.settings.SettingsTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that cannot be used, with {@code data.bad-rows = skip}. */
class BadRowsIT {
  private static final String HEADER = "id,size,day,color,kind";
  private static final List<String> GOOD =
      List.of(
          "7,1.5,2026-01-05,red,a",
          "3,,2026-01-06,blue,b",
          "9,4,2026-01-07,red,b",
          "1,2.5,2026-01-08,green,a",
          "4,0.5,2026-01-09,red,a");

  // Among them are values that would change the types of size, day and the labels.
  private static final List<String> BAD =
      List.of(
          "x5,true,2026-01-05,red,a,more",
          "10,much,2026-01-05,red,a",
          "11,1,2026-01-05T08:15:00,,a",
          "12,1,2026-01-05,red,",
          ",1,2026-01-05,yellow,a");

  @TempDir private Path folder;

  private final SparkSession spark = LocalSpark.session();

  private static Dataset open(String data, Optional<TableEncoder> known) {
    SettingsTree tree = SettingsTree.load(List.of(), List.of("data { " + data + " }"));
    DataSettings settings = DataSettings.read(tree.section("data"), "runs");
    return settings
        .train()
        .open(
            ReadContext.of(LocalSpark.context(), 2)
                .withEncoder(known)
                .fittedTo(new TrainingShare(0.4, 0, 1))
                .withBadRows(settings.badRows()));
  }

  private static Dataset open(String data) {
    return open(data, Optional.empty());
  }

  private String csv(String name, List<String> lines) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, HEADER + "\n" + String.join("\n", lines) + "\n");
    return "format = csv, train.path = \"" + file + "\", bad-rows = skip,";
  }

  /** Returns the good rows with a bad one after each of them. */
  private static List<String> mixed() {
    return IntStream.range(0, GOOD.size())
        .boxed()
        .flatMap(i -> List.of(GOOD.get(i), BAD.get(i)).stream())
        .toList();
  }

  private static String columns(String more) {
    return "columns { label = kind, features = [size, day], categorical = [color], handle-unknown ="
        + " error, "
        + more
        + " }";
  }

  @Test
  void csvWithoutItsBadRowsIsTheSameDataSet() throws IOException {
    Dataset clean = open(csv("clean.csv", GOOD) + columns("id = id"));
    Dataset mixed = open(csv("mixed.csv", mixed()) + columns("id = id"));
    assertThat(mixed.fingerprint()).isEqualTo(clean.fingerprint());
    assertThat(mixed.encoder()).isEqualTo(clean.encoder());
    assertThat(clean.findings().skipped().count()).isZero();
    assertThat(mixed.findings().skipped().listed())
        .extracting(row -> row.place().id(), SkippedRow::column, SkippedRow::value)
        .containsExactly(
            tuple("", "id", ""),
            tuple("10", "size", "much"),
            tuple("11", "day", "2026-01-05T08:15:00"),
            tuple("12", "kind", ""),
            tuple("x5", "", ""));
    String file = folder.resolve("mixed.csv").toString();
    assertThat(mixed.findings().skipped().text(mixed.count(), "mixed.csv"))
        .isEqualTo(
            "skipped 5 of 10 rows of mixed.csv: the number of fields in 1, column day in 1,"
                + " column id in 1, column kind in 1, column size in 1; the first is "
                + file
                + ": column id has no value, expected an id");
  }

  @Test
  void fewTimesDoNotChangeTheTypeOfDates() throws IOException {
    List<String> good = List.of("1,1.5,2026-01-05,red,a", "2,2.5,2026-01-06,red,b");
    List<String> mixed = new ArrayList<>(good);
    mixed.add(1, "-3,1,2026-01-05T08:15:00,red,a");
    Dataset clean = open(csv("clean.csv", good) + columns("weight = id"));
    Dataset skipped = open(csv("mixed.csv", mixed) + columns("weight = id"));
    assertThat(skipped.encoder()).isEqualTo(clean.encoder());
    assertThat(skipped.findings().skipped().listed())
        .extracting(SkippedRow::column)
        .containsExactly("day");
  }

  @Test
  void fileWithoutUsableRowsIsAnError() throws IOException {
    String data = csv("bad.csv", BAD.subList(3, 4)) + columns("id = id");
    assertThatThrownBy(() -> open(data))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("bad.csv, id 12: column kind has no value, expected a label");
    spark
        .sql("SELECT 1 id, 1.0D size, CAST(NULL AS STRING) kind")
        .createOrReplaceTempView("bad_rows");
    assertThatThrownBy(
            () ->
                open(
                    "format = spark, train.table = bad_rows, bad-rows = skip,"
                        + " columns { id = id, label = kind }"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "no row can be used: skipped 1 of 1 rows of bad_rows: column kind in 1; the first is"
                + " bad_rows, id 1: column kind has no value, expected a label");
  }

  @Test
  void categoryThatAModelDoesNotKnowIsSkipped() throws IOException {
    Dataset training = open(csv("clean.csv", GOOD) + columns("id = id"));
    List<String> others =
        List.of("1,1,2026-01-05,red,a", "2,1,2026-01-05,pink,a", "3,1,2026-01-05,red,c");
    Dataset data = open(csv("others.csv", others) + columns("id = id"), training.encoder());
    assertThat(data.count()).isEqualTo(1);
    assertThat(data.findings().skipped().listed())
        .extracting(SkippedRow::column)
        .containsExactly("color", "kind");
    spark
        .read()
        .option("header", true)
        .option("inferSchema", true)
        .csv(folder.resolve("others.csv").toString())
        .write()
        .parquet(folder.resolve("others").toString());
    Dataset parquet =
        open(
            "format = parquet, train.path = \""
                + folder
                + "/others\", bad-rows = skip,"
                + columns("id = id"),
            training.encoder());
    assertThat(parquet.fingerprint()).isEqualTo(data.fingerprint());
    assertThat(parquet.findings().skipped().listed())
        .extracting(row -> row.place().id())
        .containsExactly("2", "3");
  }

  @Test
  void tableWithoutItsBadRowsIsTheSameDataSet() {
    String good =
        "SELECT id, IF(id % 5 = 0, NULL, id * 1.5D) size, array(id, 1, 2) a, IF(id % 2 = 0, '0',"
            + " '1') kind FROM (SELECT explode(sequence(1, 20)) id)";
    spark.sql(good).createOrReplaceTempView("good_rows");
    String bad =
        " UNION ALL SELECT 21, 1.0D, array(1, 2), '0' UNION ALL SELECT 22, 1.0D, array(1, 2, 3),"
            + " 'none' UNION ALL SELECT 23, double('Infinity'), array(1, 2, 3), '0' UNION ALL"
            + " SELECT 24, 1.0D, array(1, 2, 3), '2' UNION ALL SELECT NULL, 1.0D, array(1, 2, 3),"
            + " '0' UNION ALL SELECT 25, 1.0D, NULL, '0'";
    spark.sql(good + bad).repartition(4).createOrReplaceTempView("bad_rows");
    String columns = ", bad-rows = skip, columns { id = id, label = kind }";
    Dataset clean = open("format = spark, train.table = good_rows" + columns);
    Dataset mixed = open("format = spark, train.table = bad_rows" + columns);
    assertThat(mixed.fingerprint()).isEqualTo(clean.fingerprint());
    assertThat(mixed.findings().skipped().listed())
        .extracting(row -> row.place().id() + " " + row.column())
        .containsExactly(" id", "21 a", "22 kind", "23 size", "24 kind", "25 a");
  }
}
