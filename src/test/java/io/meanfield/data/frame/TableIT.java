package io.meanfield.data.frame;

import static io.meanfield.data.idx.IdxFixtures.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.Split;
import io.meanfield.data.Targets;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.encoding.ColumnRoles.HandleUnknown;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.idx.IdxFixtures;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.data.shard.TestSharding;
import io.meanfield.data.source.BadRows;
import io.meanfield.data.source.DatasetCheck;
import io.meanfield.data.source.ReadContext;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CSV and Parquet as data sets. */
class TableIT {
  @TempDir private Path folder;

  private final JavaSparkContext spark = LocalSpark.context();

  private static final ColumnRoles LABELLED = columns(null, "kind", List.of(), List.of("color"));
  private static final String HEADER = "id,color,size,weight,kind\n";

  private static ColumnRoles columns(
      String id, String label, List<String> targets, List<String> categories) {
    return new ColumnRoles(
        Optional.ofNullable(id),
        Optional.of(List.of("size", "weight")),
        categories,
        Optional.ofNullable(label),
        targets,
        HandleUnknown.ERROR);
  }

  private String write(String name, String text) {
    return IdxFixtures.write(folder, name, text.getBytes(StandardCharsets.UTF_8));
  }

  private Dataset csv(ColumnRoles columns, String... paths) {
    return csv(columns, Optional.empty(), paths);
  }

  private Dataset csv(ColumnRoles columns, Optional<TableEncoder> known, String... paths) {
    return new CsvSource(List.of(paths), columns, Map.of())
        .open(ReadContext.of(spark, 2).withEncoder(known));
  }

  /** Returns each example as a string, in the order of the numbers 0, 1, 2 … that they have. */
  private static List<String> strings(Dataset data) {
    List<String> strings = new ArrayList<>();
    for (Examples block : data.blocks().collect()) {
      for (int row = 0; row < block.count(); row++) {
        assertThat(block.ids()[row]).isEqualTo(strings.size());
        strings.add(text(block, row));
      }
    }
    return strings;
  }

  private static String text(Examples block, int row) {
    float[] features = new float[block.width()];
    block.features().write(row, features, 0);
    List<Float> numbers = new ArrayList<>();
    for (float feature : features) {
      numbers.add(feature);
    }
    String target =
        block.targets() instanceof Targets.Classes
            ? "class " + block.label(row)
            : block.targets() instanceof Targets.Values targets
                ? "target " + targets.values()[row * targets.width()]
                : "unknown";
    return block.externalId(row).map(id -> id + " ").orElse("") + numbers + " " + target;
  }

  @Test
  void rowsAreEncodedAsNumbersOneHotCategoriesAndClasses() {
    Dataset data =
        csv(
            LABELLED,
            write("a.csv", HEADER + "7,red,1.5,2,rose\n8,\"blue\",-1e3,.5,iris\n9,red,0,0,iris\n"));
    assertThat(data.count()).isEqualTo(3);
    assertThat(data.width()).isEqualTo(4);
    assertThat(strings(data))
        .containsExactlyInAnyOrder(
            "[1.5, 2.0, 0.0, 1.0] class 1",
            "[-1000.0, 0.5, 1.0, 0.0] class 0",
            "[0.0, 0.0, 0.0, 1.0] class 0");
    assertThat(data.encoder().orElseThrow().labels().orElseThrow().values())
        .containsExactly("iris", "rose");
  }

  @Test
  void neitherFilesNorTheirOrderChangeTheDataSet() {
    String rows = "1,red,1,0,0\n2,red,2,0,1\n3,red,3,0,1\n4,blue,4,0,1\n";
    Dataset one = csv(LABELLED, write("one.csv", HEADER + rows));
    write("part-2.csv", HEADER + "3,red,3,0,1\n1,red,1,0,0\n");
    write("part-1.csv", HEADER + "2,red,2,0,1\n");
    IdxFixtures.write(
        folder,
        "part-3.csv.gz",
        gzip((HEADER + "4,blue,4,0,1\n").getBytes(StandardCharsets.UTF_8)));
    Dataset parts = csv(LABELLED, folder + "/part-*");
    assertThat(strings(parts)).hasSize(4).isEqualTo(strings(one));
    assertThat(parts.fingerprint()).isEqualTo(one.fingerprint());
    assertThat(
            csv(LABELLED, folder + "/part-2.csv", folder + "/part-1.csv", folder + "/part-3.csv")
                .fingerprint())
        .isEqualTo(one.fingerprint());
  }

  @Test
  void equalRowsAreExamplesOfTheirOwn() {
    Dataset data = csv(LABELLED, write("a.csv", HEADER + "1,red,1,0,0\n".repeat(3)));
    assertThat(strings(data)).isEqualTo(Collections.nCopies(3, "[1.0, 0.0, 1.0] class 0"));
  }

  @Test
  void orderOfRowsDoesNotMatterWithAnIdColumn() {
    String rows = "-5,red,1,0,0\n900000000000,red,2,0,1\n17,blue,3,0,1\n";
    String reordered = "17,blue,3,0,1\n-5,red,1,0,0\n900000000000,red,2,0,1\n";
    ColumnRoles columns = columns("id", "kind", List.of(), List.of("color"));
    Dataset one = csv(columns, write("one.csv", HEADER + rows));
    Dataset other = csv(columns, write("other.csv", HEADER + reordered));
    assertThat(strings(one))
        .containsExactlyInAnyOrder(
            "-5 [1.0, 0.0, 0.0, 1.0] class 0",
            "900000000000 [2.0, 0.0, 0.0, 1.0] class 1",
            "17 [3.0, 0.0, 1.0, 0.0] class 1")
        .isEqualTo(strings(other));
    assertThat(one.fingerprint()).isEqualTo(other.fingerprint());
    assertThat(shards(one)).isEqualTo(shards(other));
  }

  private static List<String> shards(Dataset data) {
    Split split = Split.of(data.count(), 0.3, 2, 777);
    List<String> shards = new ArrayList<>();
    for (ShardGroup group :
        TestSharding.of(data, split, 1).training().map(ShardGroup::inMemory).collect()) {
      Examples examples = group.shards().get(0).chunks().read(0);
      for (int row = 0; row < examples.count(); row++) {
        shards.add(group.index() + " " + examples.ids()[row] + " " + text(examples, row));
      }
    }
    return shards;
  }

  @Test
  void duplicateIdIsNamed() {
    String path = write("a.csv", HEADER + "7,red,1,0,0\n7,red,2,0,1\n");
    assertThatThrownBy(() -> csv(columns("id", "kind", List.of(), List.of()), path))
        .isInstanceOf(UserException.class)
        .hasMessage(path + " has the id 7 twice in column id; ids must be unique");
  }

  @Test
  void firstProblemsAreReportedTogether() {
    String path =
        write(
            "bad.csv",
            HEADER
                + "1,red,1,0,0\n"
                + "2,red,,0,0\n"
                + "3,red,1,0\n"
                + "4,red,1,zero,0\n"
                + "5,red,1,NaN,0\n"
                + "6,,1,0,0\n"
                + "7,red,1,0,\n");
    assertThatThrownBy(() -> csv(LABELLED, path))
        .isInstanceOf(UserException.class)
        .hasMessage(
            String.join(
                "\n",
                path
                    + " has the record \"3,red,1,0\", whose number of fields is not that of the"
                    + " header; set data.csv.multiLine = true if fields contain line breaks",
                path
                    + ": column color has no value, expected a category, or"
                    + " data.columns.handle-unknown = extra-column",
                path + ": column kind has no value, expected a label",
                path + ": column size has no value, expected a finite number",
                path + ": column weight is \"NaN\", expected a finite number",
                "and 1 more rows of "
                    + path
                    + " are wrong; correct the data, or leave such rows out with"
                    + " data.bad-rows = skip"));
  }

  @Test
  void classNumberOutOfRangeNamesTheFile() {
    String path = write("a.csv", HEADER + "1,red,1,0,0\n2,red,1,0,2\n");
    assertThatThrownBy(() -> csv(LABELLED, path))
        .hasMessage(
            path + ": column kind has label 2, expected 0 to 1, one for each class of the network");
  }

  @Test
  void missingColumnIsNamedWithThePresentColumns() {
    String path = write("a.csv", "size,kind\n1,0\n");
    assertThatThrownBy(() -> csv(LABELLED, path))
        .hasMessage(
            "data.columns.features = weight: "
                + path
                + " has no such column; its columns are size, kind\n"
                + "data.columns.categorical = color: "
                + path
                + " has no such column; its columns are size, kind");
    String duplicate = write("b.csv", "size,size\n1,0\n");
    assertThatThrownBy(() -> csv(LABELLED, duplicate))
        .hasMessage(duplicate + " has two columns size; expected unique column names");
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
  void misspeltLabelColumnNamesTheNearestColumn() {
    ReadContext training = ReadContext.of(spark, 2).withTargets();
    String path = write("iris.csv", "length,width,species\n1,2,setosa\n3,4,virginica\n");
    CsvSource csv = new CsvSource(List.of(path), allFeatures("specis"), Map.of());
    assertThatThrownBy(() -> csv.open(training))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "data.columns.label = specis: "
                + path
                + " has no such column; did you mean species? Its columns are length, width,"
                + " species");
    String table = parquet("three", 3, 1);
    ParquetSource parquet = new ParquetSource(List.of(table), allFeatures("kidn"));
    assertThatThrownBy(() -> parquet.open(training))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "data.columns.label = kidn: "
                + table
                + " has no such column; did you mean kind? Its columns are key, pixels, vector,"
                + " size, color, kind");
  }

  @Test
  void labelColumnIsRequiredInTrainingEvenWithAKnownEncoder() {
    String train = write("train.csv", HEADER + "1,red,1,0,rose\n2,blue,2,0,iris\n");
    Optional<TableEncoder> known = csv(LABELLED, train).encoder();
    String unlabelled = write("a.csv", "color,size,weight\nred,1,2\n");
    CsvSource source = new CsvSource(List.of(unlabelled), LABELLED, Map.of());
    ReadContext prediction = ReadContext.of(spark, 2).withEncoder(known);
    assertThat(source.open(prediction).isLabelled()).isFalse();
    assertThatThrownBy(() -> source.open(prediction.withTargets()))
        .hasMessage(
            "data.columns.label = kind: "
                + unlabelled
                + " has no such column; its columns are color, size, weight");
    String other = write("b.csv", "colour,size\nred,1\n");
    assertThatThrownBy(() -> new CsvSource(List.of(other), LABELLED, Map.of()).open(prediction))
        .hasMessage(
            "weight, a feature in encodings.json: "
                + other
                + " has no such column; its columns are colour, size\n"
                + "color, a category in encodings.json: "
                + other
                + " has no such column; did you mean colour? Its columns are colour, size");
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
    String path = write("a.csv", HEADER + "1,red,1,0,0\n");
    String columns = path + " has no such column; ";
    String all = "ts columns are id, color, size, weight, kind";
    assertThatThrownBy(
            () ->
                new CsvSource(List.of(path), roles, Map.of())
                    .open(ReadContext.of(spark, 2).withTargets()))
        .hasMessage(
            String.join(
                "\n",
                "data.columns.id = key: " + columns + "i" + all,
                "data.columns.features = sizes: " + columns + "did you mean size? I" + all,
                "data.columns.categorical = colour: " + columns + "did you mean color? I" + all,
                "data.columns.targets = knid: " + columns + "did you mean kind? I" + all));
  }

  @Test
  void laterFileWithOtherColumnsIsNamed() {
    String first = write("part-1.csv", HEADER + "1,red,1,0,0\n");
    String second = write("part-2.csv", "id,color,size,weight\n2,red,1,0\n");
    assertThatThrownBy(() -> csv(LABELLED, folder + "/part-*"))
        .hasMessage(
            second
                + " has the columns id, color, size, weight, expected those of "
                + first
                + " in the same order: id, color, size, weight, kind");
  }

  @Test
  void headersThatAreNoneAreExplained() {
    String numbers = write("numbers.csv", "1,2.5,0\n2,3.5,1\n");
    assertThatThrownBy(() -> csv(LABELLED, numbers))
        .hasMessage(
            numbers
                + " begins with 1, 2.5, 0, expected a header with names of columns in the first"
                + " line");
    String mixed = write("mixed.csv", "1,2.5,red\n2,3.5,blue\n");
    assertThatThrownBy(() -> csv(LABELLED, mixed))
        .hasMessageContaining(" begins with 1, 2.5, red, expected a header with names of columns");
    String semicolons = write("semicolons.csv", HEADER.replace(',', ';') + "1;red;1;0;0\n");
    assertThatThrownBy(() -> csv(LABELLED, semicolons))
        .hasMessage(
            semicolons
                + " has only the column id;color;size;weight;kind; set data.csv.delimiter ="
                + " \";\"");
  }

  @Test
  void damagedSecondMemberOfAGzippedFileIsRefused() throws IOException {
    byte[] first = gzip((HEADER + "1,red,1,0,0\n").getBytes(StandardCharsets.UTF_8));
    byte[] second = gzip("2,red,2,0,1\n".getBytes(StandardCharsets.UTF_8));
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    assertThat(csv(LABELLED, IdxFixtures.write(folder, "good.csv.gz", both)).count()).isEqualTo(2);
    both[first.length] ^= 1;
    String path = IdxFixtures.write(folder, "bad.csv.gz", both);
    assertThatThrownBy(() -> csv(LABELLED, path))
        .satisfies(
            failure -> assertThat(UserException.of(failure)).hasMessageStartingWith(path + " "));
  }

  @Test
  void columnsOfTextAreCategoriesOrLeftOutWithAReason() {
    StringBuilder rows = new StringBuilder("size,color,name,kind\n");
    IntStream.range(0, 1_002)
        .forEach(i -> rows.append(i * i + "," + (i % 2 == 0 ? "red" : "blue") + ",n" + i + ",0\n"));
    String path = write("text.csv", rows.toString());
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
  void emptyFilesAndMissingFilesAreNamed() {
    String empty = write("empty.csv", "");
    assertThatThrownBy(() -> csv(LABELLED, empty))
        .hasMessage(empty + " is empty; expected a header with names of columns");
    String header = write("header.csv", HEADER);
    assertThatThrownBy(() -> csv(LABELLED, header)).hasMessage(header + " has no rows");
    assertThatThrownBy(() -> csv(LABELLED, folder + "/none-*.csv"))
        .hasMessage(
            folder
                + "/none-*.csv matches no file, not even with .gz appended; set data.train.path and"
                + " data.test.path to files, folders or globs");
  }

  @Test
  void knownEncoderOfAModelIsApplied() {
    String train = write("train.csv", HEADER + "1,red,1,0,rose\n2,blue,2,0,iris\n");
    TableEncoder known = csv(LABELLED, train).encoder().orElseThrow();
    String test = write("test.csv", "kind,weight,color,size\nrose,5,red,6\n"); // another order
    Dataset data = csv(LABELLED, Optional.of(known), test);
    assertThat(strings(data)).containsExactly("[6.0, 5.0, 0.0, 1.0] class 1");
    String mauve = write("mauve.csv", HEADER + "1,red,1,0,rose\n2,mauve,2,0,iris\n");
    assertThatThrownBy(() -> csv(LABELLED, Optional.of(known), mauve))
        .hasMessage(
            mauve
                + ": column color is \"mauve\", which is none of the 2 values in training (blue,"
                + " red); train with data.columns.handle-unknown = extra-column; correct the data,"
                + " or leave such rows out with data.bad-rows = skip");
  }

  @Test
  void missingLabelsAreAnErrorOnlyWhenTheyAreRequired() {
    Dataset data = csv(LABELLED, write("a.csv", "color,size,weight\nred,1,2\n"));
    assertThat(data.isLabelled()).isFalse();
    assertThat(strings(data)).containsExactly("[1.0, 2.0, 1.0] unknown");
    assertThatThrownBy(() -> new DatasetCheck(data).requireTargets("data.test"))
        .hasMessage("data.test.path has no column kind; labels are needed here");
  }

  @Test
  void numbersOfTargetsAndFeaturesMustMatchTheNetwork() {
    String path = write("a.csv", HEADER + "1,red,1,2,0.5\n");
    Dataset data = csv(columns(null, null, List.of("kind"), List.of()), path);
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
  void targetOutsideZeroToOneIsRejectedForACrossentropy() {
    ColumnRoles columns = columns("id", null, List.of("kind"), List.of());
    String good = write("good.csv", HEADER + "x,red,1,2,0.5\ny,red,1,2,1\n");
    new DatasetCheck(csv(columns, good)).requireTargetsOfProbabilities();
    String path = write("bad.csv", HEADER + "x,red,1,2,0.5\ny,red,1,2,1.5\n");
    DatasetCheck bad = new DatasetCheck(csv(columns, path));
    assertThatThrownBy(bad::requireTargetsOfProbabilities)
        .hasMessage(
            path
                + " has the target 1.5 for example y, expected 0 to 1, because the loss is a"
                + " crossentropy; correct the data, or train with another network.loss");
  }

  @Test
  void parquetTargetsMayContainArrays() {
    ColumnRoles columns =
        new ColumnRoles(
            Optional.of("color"),
            Optional.of(List.of("size")),
            List.of(),
            Optional.empty(),
            List.of("vector", "kind"),
            HandleUnknown.ERROR);
    String path = parquet("two", 2, 1);
    Dataset data = new ParquetSource(List.of(path), columns).open(ReadContext.of(spark, 2));
    assertThat(strings(data))
        .containsExactlyInAnyOrder("blue [1.0] target 0.5", "red [0.0] target 0.0");
    new DatasetCheck(data).requireOutputs(3);
  }

  private static final StructType PARQUET =
      new StructType()
          .add("key", DataTypes.LongType)
          .add("pixels", DataTypes.BinaryType)
          .add("vector", DataTypes.createArrayType(DataTypes.FloatType))
          .add("size", DataTypes.IntegerType)
          .add("color", DataTypes.StringType)
          .add("kind", DataTypes.IntegerType);

  private String parquet(String name, int rows, int files) {
    List<Row> all =
        IntStream.range(0, rows)
            .mapToObj(
                i ->
                    RowFactory.create(
                        1000L - 3L * i,
                        new byte[] {(byte) i, (byte) 255},
                        new Float[] {i / 2f, -1f},
                        i,
                        i % 2 == 0 ? "red" : "blue",
                        i % 2))
            .toList();
    String path = folder.resolve(name).toString();
    LocalSpark.session().createDataFrame(all, PARQUET).repartition(files).write().parquet(path);
    return path;
  }

  private Dataset parquet(String path, List<String> features, List<String> categories, String id) {
    ColumnRoles columns =
        new ColumnRoles(
            Optional.ofNullable(id),
            Optional.of(features),
            categories,
            Optional.of("kind"),
            List.of(),
            HandleUnknown.ERROR);
    return new ParquetSource(List.of(path), columns).open(ReadContext.of(spark, 2));
  }

  @Test
  void parquetFeaturesMayBePixelsArraysNumbersAndCategories() {
    String path = parquet("three", 3, 1);
    assertThat(strings(parquet(path, List.of("pixels"), List.of(), "key")))
        .containsExactlyInAnyOrder(
            "1000 [0.0, 1.0] class 0",
            "997 [" + 1 / 255f + ", 1.0] class 1",
            "994 [" + 2 / 255f + ", 1.0] class 0");
    assertThat(strings(parquet(path, List.of("vector", "size"), List.of("color"), "key")))
        .contains("997 [0.5, -1.0, 1.0, 1.0, 0.0] class 1");
  }

  @Test
  void numberOfParquetFilesDoesNotChangeTheDataSet() {
    Dataset one = parquet(parquet("one", 100, 1), List.of("pixels"), List.of(), "key");
    Dataset many = parquet(parquet("many", 100, 7), List.of("pixels"), List.of(), "key");
    assertThat(one.fingerprint()).isEqualTo(many.fingerprint());
    assertThat(shards(one)).hasSize(70).isEqualTo(shards(many));
    List<Examples> blocks = many.blocks().collect();
    assertThat(blocks).hasSize(1);
    assertThat(blocks.get(0).ids()).isSorted();
  }

  @Test
  void parquetColumnsOfWrongTypesAreRejected() {
    String path = parquet("three", 3, 1);
    assertThatThrownBy(() -> parquet(path, List.of("pixels", "size"), List.of(), "key"))
        .hasMessageContaining("has pixels beside other features (pixels, size)");
    assertThatThrownBy(() -> parquet(folder + "/none", List.of("size"), List.of(), "key"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(folder + "/none cannot be read as Parquet: ");
  }

  @Test
  void missingParquetFileIsAnErrorOfTheSettings() {
    assertThatThrownBy(() -> parquet(folder + "/none", List.of("size"), List.of(), "key"))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_SETTINGS))
        .hasMessageStartingWith(folder + "/none cannot be read as Parquet: ")
        .hasMessageEndingWith("; set data.train.path and data.test.path");
  }

  @Test
  void damagedParquetFileIsNamedWithWhatIsWrong() throws IOException {
    Path good = onlyFile(parquet("good", 40, 1));
    byte[] content = Files.readAllBytes(good);
    Path bad = folder.resolve("bad 1.parquet");
    String noParquet = "file:" + bad + " is not a Parquet file";

    Files.writeString(bad, "no Parquet at all");
    assertUnreadable(bad, noParquet);
    Files.write(bad, new byte[0]);
    assertUnreadable(bad, noParquet);
    Files.write(bad, Arrays.copyOf(content, content.length - 10));
    assertUnreadable(bad, noParquet);
    byte[] metadata = content.clone();
    for (int i = content.length - footerBytes(content) + 20; i < content.length - 8; i += 7) {
      metadata[i] ^= 0x5a;
    }
    Files.write(bad, metadata);
    assertUnreadable(bad, "");
    byte[] pages = content.clone();
    for (int i = 4; i < content.length - footerBytes(content); i++) {
      pages[i] ^= 0x55;
    }
    Files.write(bad, pages);
    assertUnreadable(bad, "");
  }

  private void assertUnreadable(Path file, String reason) {
    assertThatThrownBy(
            () ->
                parquet(file.toString(), List.of("size"), List.of("color"), "key").blocks().count())
        .satisfies(
            failure -> {
              UserException error = UserException.of(failure);
              assertThat(error.code()).isEqualTo(ErrorCode.DATA_UNREADABLE);
              assertThat(error)
                  .hasMessageStartingWith(file + " cannot be read: " + reason)
                  .hasMessageEndingWith("; restore the file, or remove it from the data");
              assertThat(error.getMessage().lines()).hasSize(1);
            });
  }

  private static Path onlyFile(String folder) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  /** Returns the size of the footer, its length and the magic number. */
  private static int footerBytes(byte[] file) {
    return 8 + ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 8);
  }

  @Test
  void pathWithCharactersOfGlobsIsItself() throws IOException {
    String odd = parquet("odd [1]{a} 100%20*", 40, 2);
    Dataset expected = parquet(parquet("plain", 40, 2), List.of("size"), List.of(), "key");
    Dataset found = parquet(odd, List.of("size"), List.of(), "key");
    assertThat(found.fingerprint()).isEqualTo(expected.fingerprint());
    assertThat(csv(LABELLED, write("a[1].csv", HEADER + "1,red,1,2,x\n2,red,1,2,y\n")).count())
        .isEqualTo(2);
  }
}
