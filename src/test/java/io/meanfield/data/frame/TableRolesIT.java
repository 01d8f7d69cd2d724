package io.meanfield.data.frame;

import static io.meanfield.data.frame.TestTables.HEADER;
import static io.meanfield.data.frame.TestTables.LABELLED;
import static io.meanfield.data.frame.TestTables.columns;
import static io.meanfield.data.frame.TestTables.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.Dataset;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.encoding.ColumnRoles.HandleUnknown;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.source.BadRows;
import io.meanfield.data.source.DatasetCheck;
import io.meanfield.data.source.ReadContext;
import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the columns of CSV and Parquet are for, and whether the table has them. */
class TableRolesIT {
  private final JavaSparkContext spark = LocalSpark.context();
  private final Path folder;
  private final TestTables tables;

  TableRolesIT(@TempDir Path folder) {
    this.folder = folder;
    tables = new TestTables(folder);
  }

  private static ColumnRoles allFeatures(String label) {
    return new ColumnRoles(
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.of(label),
        List.of(),
        HandleUnknown.ERROR);
  }

  @Test
  void columnsOfTextAreCategoriesOrLeftOutWithAReason() {
    StringBuilder rows = new StringBuilder("size,color,name,kind\n");
    IntStream.range(0, 1_002)
        .forEach(i -> rows.append(i * i + "," + (i % 2 == 0 ? "red" : "blue") + ",n" + i + ",0\n"));
    String path = tables.write("text.csv", rows.toString());
    for (BadRows treatment : BadRows.values()) {
      ReadContext context = ReadContext.of(spark, 2).withBadRows(treatment);
      Dataset data = new CsvSource(List.of(path), allFeatures("kind"), Map.of()).open(context);
      assertThat(data.findings().columns())
          .extracting(use -> use.column() + " " + use.role() + " " + use.reason())
          .containsExactly(
              "size number whole numbers",
              "color category 2 different texts",
              "name left out an id or a name: nearly every text is different");
    }
  }

  @Test
  void missingColumnIsNamedWithThePresentColumns() {
    String path = tables.write("a.csv", "size,kind\n1,0\n");
    assertThatThrownBy(() -> tables.csv(LABELLED, path))
        .hasMessage(
            "data.columns.features = weight: "
                + path
                + " has no such column; its columns are size, kind\n"
                + "data.columns.categorical = color: "
                + path
                + " has no such column; its columns are size, kind");
    String duplicate = tables.write("b.csv", "size,size\n1,0\n");
    assertThatThrownBy(() -> tables.csv(LABELLED, duplicate))
        .hasMessage(duplicate + " has two columns size; expected unique column names");
  }

  @Test
  void columnsThatSparkDoesNotTellApartAreNamed() {
    String path = tables.write("twins.csv", "a,b,A\n1,2,3\n");
    assertThatThrownBy(() -> tables.csv(columns(null, "b", List.of("a"), List.of()), path))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(path + " has the columns a and A, which Spark does not tell apart");
  }

  @Test
  void misspeltLabelColumnNamesTheNearestColumn() {
    ReadContext training = ReadContext.of(spark, 2).withTargets();
    String path = tables.write("iris.csv", "length,width,species\n1,2,setosa\n3,4,virginica\n");
    CsvSource csv = new CsvSource(List.of(path), allFeatures("specis"), Map.of());
    assertThatThrownBy(() -> csv.open(training))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "data.columns.label = specis: " + path + " has no such column; did you mean species?");
    String table = tables.writeParquet("three", 3, 1);
    ParquetSource parquet = new ParquetSource(List.of(table), allFeatures("kidn"));
    assertThatThrownBy(() -> parquet.open(training))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "data.columns.label = kidn: " + table + " has no such column; did you mean kind?");
  }

  @Test
  void everyMissingColumnIsNamedWithTheSettingThatNamesIt() {
    ColumnRoles roles =
        new ColumnRoles(
            Optional.of("key"),
            Optional.of(List.of("sizes")),
            List.of("colour"),
            Optional.empty(),
            List.of("kind", "knid"),
            HandleUnknown.ERROR);
    String path = tables.write("a.csv", HEADER + "1,red,1,0,0\n");
    String columns = path + " has no such column; ";
    assertThatThrownBy(
            () ->
                new CsvSource(List.of(path), roles, Map.of())
                    .open(ReadContext.of(spark, 2).withTargets()))
        .hasMessage(
            String.join(
                "\n",
                "data.columns.id = key: "
                    + columns
                    + "its columns are id, color, size, weight, kind",
                "data.columns.features = sizes: " + columns + "did you mean size?",
                "data.columns.categorical = colour: " + columns + "did you mean color?",
                "data.columns.targets = knid: " + columns + "did you mean kind?"));
  }

  @Test
  void atMostFiveOfManyMissingColumnsAreNamed() {
    List<String> names = IntStream.range(0, 300).mapToObj(i -> "f" + i).toList();
    String wide = String.join(",", names) + ",kind\n" + "1,".repeat(300) + "1\n";
    ColumnRoles roles =
        new ColumnRoles(
            Optional.empty(),
            Optional.of(List.of("a", "b", "c", "d", "e", "g", "h")),
            List.of("q"),
            Optional.of("Kind"),
            List.of(),
            HandleUnknown.ERROR);
    String path = tables.write("a.csv", wide);
    assertThatThrownBy(
            () ->
                new CsvSource(List.of(path), roles, Map.of())
                    .open(ReadContext.of(spark, 2).withTargets()))
        .hasMessage(
            String.join(
                "\n",
                "data.columns.features = a, b, c, d, e and 2 more: "
                    + path
                    + " has none of these columns; its columns are f0, f1, f2, f3, f4 and 296 more",
                "data.columns.categorical = q: "
                    + path
                    + " has no such column; its columns are f0, f1, f2, f3, f4 and 296 more",
                "data.columns.label = Kind: " + path + " has no such column; did you mean kind?"));
  }

  // The encoder has decided, not the settings and not these rows.
  @Test
  void noUseOfAColumnIsToldWithAKnownEncoder() {
    String train = tables.write("train.csv", HEADER + "1,red,1,0,rose\n2,blue,2,0,iris\n");
    Dataset first = tables.csv(LABELLED, train);
    assertThat(first.findings().columns()).isNotEmpty();
    Dataset later =
        new CsvSource(List.of(train), LABELLED, Map.of())
            .open(ReadContext.of(spark, 2).withEncoder(first.encoder()));
    assertThat(later.findings().columns()).isEmpty();
  }

  @Test
  void labelColumnIsRequiredInTrainingEvenWithAKnownEncoder() {
    String train = tables.write("train.csv", HEADER + "1,red,1,0,rose\n2,blue,2,0,iris\n");
    Optional<TableEncoder> known = tables.csv(LABELLED, train).encoder();
    String unlabelled = tables.write("a.csv", "color,size,weight\nred,1,2\n");
    CsvSource source = new CsvSource(List.of(unlabelled), LABELLED, Map.of());
    ReadContext prediction = ReadContext.of(spark, 2).withEncoder(known);
    assertThat(source.open(prediction).isLabelled()).isFalse();
    assertThatThrownBy(() -> source.open(prediction.withTargets()))
        .hasMessage(
            "data.columns.label = kind: "
                + unlabelled
                + " has no such column; its columns are color, size, weight");
    String other = tables.write("b.csv", "colour,size\nred,1\n");
    assertThatThrownBy(() -> new CsvSource(List.of(other), LABELLED, Map.of()).open(prediction))
        .hasMessage(
            "the model reads weight, color: "
                + other
                + " has none of these columns; did you mean colour?");
  }

  @Test
  void missingLabelsAreAnErrorOnlyWhenTheyAreRequired() {
    Dataset data = tables.csv(LABELLED, tables.write("a.csv", "color,size,weight\nred,1,2\n"));
    assertThat(data.isLabelled()).isFalse();
    assertThat(strings(data)).containsExactly("[1.0, 2.0, 1.0] unknown");
    assertThatThrownBy(() -> new DatasetCheck(data).requireTargets("data.test"))
        .hasMessage("data.test.path has no column kind; labels are needed here");
  }

  @Test
  void knownEncoderOfAModelIsApplied() {
    String train = tables.write("train.csv", HEADER + "1,red,1,0,rose\n2,blue,2,0,iris\n");
    TableEncoder known = tables.csv(LABELLED, train).encoder().orElseThrow();
    String test =
        tables.write("test.csv", "kind,weight,color,size\nrose,5,red,6\n"); // another order
    Dataset data = tables.csv(LABELLED, Optional.of(known), test);
    assertThat(strings(data)).containsExactly("[6.0, 5.0, 0.0, 1.0] class 1");
    String mauve = tables.write("mauve.csv", HEADER + "1,red,1,0,rose\n2,mauve,2,0,iris\n");
    assertThatThrownBy(() -> tables.csv(LABELLED, Optional.of(known), mauve))
        .hasMessage(
            mauve
                + ": column color is \"mauve\", which is none of the 2 values in training (blue,"
                + " red); train with data.columns.handle-unknown = extra-column; correct the data,"
                + " or leave such rows out with data.bad-rows = skip");
  }

  @Test
  void numbersOfTargetsAndFeaturesMustMatchTheNetwork() {
    String path = tables.write("a.csv", HEADER + "1,red,1,2,0.5\n");
    Dataset data = tables.csv(columns(null, null, List.of("kind"), List.of()), path);
    assertThat(strings(data)).containsExactly("[1.0, 2.0] target 0.5");
    assertThatThrownBy(() -> new DatasetCheck(data).requireOutputs(3))
        .hasMessage(
            "the network has 3 outputs, but "
                + path
                + " has 1 numbers in the columns of data.columns.targets; set the units of the last"
                + " layer, or data.columns.targets");
    assertThatThrownBy(() -> new DatasetCheck(data).requireWidth(3))
        .hasMessage(
            "the network takes 3 inputs, but the rows of "
                + path
                + " have 2 features; apply a model that was trained on such data, or correct"
                + " data.columns or network.input");
  }

  @Test
  void parquetColumnsOfWrongTypesAreRejected() {
    String path = tables.writeParquet("three", 3, 1);
    assertThatThrownBy(() -> tables.parquet(path, List.of("pixels", "size"), List.of(), "key"))
        .hasMessageContaining("has pixels beside other features (pixels, size)");
    assertThatThrownBy(() -> tables.parquet(folder + "/none", List.of("size"), List.of(), "key"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(folder + "/none cannot be read as Parquet: ");
  }
}
