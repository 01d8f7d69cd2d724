package io.meanfield.data.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.Features;
import io.meanfield.data.Split;
import io.meanfield.data.TrainingShare;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.data.shard.TestSharding;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.source.Source;
import io.meanfield.data.source.UnknownCategories;
import io.meanfield.error.UserException;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.settings.SettingsTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The preprocessing of CSV and Parquet tables is fitted to training rows, with fixed bits. */
class PreprocessedTableIT {
  private static final TrainingShare SHARE = new TrainingShare(0.3, 0, 777);
  private static final String HEADER = "id,size,day,seen,open,kind,y\n";

  @TempDir private Path folder;

  private static ColumnRoles roles(String... columns) {
    List<String> assignments = new ArrayList<>(List.of("data.format = csv"));
    Arrays.stream(columns).forEach(each -> assignments.add("data.columns { " + each + " }"));
    return ColumnRoles.read(
        SettingsTree.load(List.of(), assignments).section("data").section("columns"));
  }

  private static ColumnRoles allColumns() {
    return roles("id = id, label = y, categorical = [kind]");
  }

  private String write(String name, String rows) throws IOException {
    return Files.writeString(folder.resolve(name), HEADER + rows).toString();
  }

  private static Dataset open(Source source) {
    return source.open(ReadContext.of(LocalSpark.context(), 2).fittedTo(SHARE));
  }

  private static Dataset csv(ColumnRoles roles, String... paths) {
    return open(new CsvSource(List.of(paths), roles, Map.of()));
  }

  private static float[] inputs(Examples block, int row) {
    float[] inputs = new float[block.width()];
    block.features().write(row, inputs, 0);
    return inputs;
  }

  private static String row(int i) {
    return String.join(
        ",",
        Integer.toString(i * 7 % 1000),
        i % 9 == 0 ? "" : Double.toString(Math.pow(1.01, i) - i / 3.0),
        i % 11 == 0 ? "null" : "20" + (10 + i % 17) + "-02-2" + i % 9,
        "2026-01-31 0" + i % 10 + ":30:00",
        i % 13 == 0 ? "NA" : Boolean.toString(i % 3 == 0),
        i % 8 == 0 ? "" : "k" + i % 5,
        Integer.toString(i % 2));
  }

  private void writeFiles() throws IOException {
    List<String> rows = IntStream.range(0, 1000).mapToObj(PreprocessedTableIT::row).toList();
    write("one.csv", String.join("\n", rows) + "\n");
    write("part-1.csv", String.join("\n", rows.subList(600, 1000)) + "\n");
    write("part-2.csv", String.join("\n", rows.subList(0, 250)) + "\n");
    write("part-3.csv", String.join("\n", rows.subList(250, 600)) + "\n");
  }

  private static void writeParquet(SparkSession spark, Path csv, Path parquet, int files) {
    spark
        .read()
        .option("header", true)
        .option("nullValue", "null")
        .csv(csv.toString())
        .selectExpr(
            "cast(id as int) as id",
            "cast(size as double) as size",
            "cast(day as date) as day",
            "cast(seen as timestamp) as seen",
            "cast(nullif(open, 'NA') as boolean) as open",
            "kind",
            "cast(y as int) as y")
        .repartition(files)
        .write()
        .parquet(parquet.toString());
  }

  private List<Source> sources() {
    List<Source> sources = new ArrayList<>();
    sources.add(new CsvSource(List.of(folder + "/one.csv"), allColumns(), Map.of()));
    sources.add(new CsvSource(List.of(folder + "/part-*.csv"), allColumns(), Map.of()));
    for (String name : List.of("one", "many")) {
      sources.add(new ParquetSource(List.of(folder.resolve(name).toString()), allColumns()));
    }
    return sources;
  }

  // Without ids, the hash of a row of texts is not that of a row of numbers.
  @Test
  void encoderOfManyDifferentNumbersIsThatOfCsvAlsoWithLogarithms() throws IOException {
    Random random = new Random(1);
    int count = 20_000;
    StringBuilder rows = new StringBuilder("id,skewed,symmetric,signed,kind,y\n");
    for (int i = 0; i < count; i++) {
      rows.append(i + ",")
          .append(i % 50 == 7 ? "" : Double.toString(Math.exp(2 * random.nextGaussian())))
          .append(
              ","
                  + random.nextDouble()
                  + ","
                  + (double) (float) random.nextGaussian()
                  + ",k"
                  + i % 5
                  + ",1\n");
    }
    Path csv = Files.writeString(folder.resolve("many.csv"), rows);
    Path parquet = folder.resolve("many.parquet");
    LocalSpark.session()
        .read()
        .option("header", true)
        .schema("id long, skewed double, symmetric double, signed float, kind string, y int")
        .csv(csv.toString())
        .write()
        .parquet(parquet.toString());
    ColumnRoles roles = roles("id = id, label = y, categorical = [kind], scale = robust");
    Dataset ofCsv = csv(roles, csv.toString());
    Dataset ofParquet = open(new ParquetSource(List.of(parquet.toString()), roles));
    assertThat(ofParquet.encoder()).isEqualTo(ofCsv.encoder());
    assertThat(ofParquet.encoder().orElseThrow().toString()).contains("log=true");
    assertThat(ofParquet.fingerprint()).isEqualTo(ofCsv.fingerprint());
  }

  @Test
  void filesAndFormatsDoNotChangeABit() throws IOException {
    writeFiles();
    writeParquet(LocalSpark.session(), folder.resolve("one.csv"), folder.resolve("one"), 1);
    writeParquet(LocalSpark.session(), folder.resolve("one.csv"), folder.resolve("many"), 7);
    List<String> described = new ArrayList<>();
    for (Source source : sources()) {
      Dataset data = open(source);
      described.add(data.fingerprint() + " " + data.encoder().orElseThrow());
    }
    assertThat(described).hasSize(4);
    assertThat(described.stream().distinct()).hasSize(1);
    assertThat(described.get(0)).contains("[column=size, type=NUMBER", "[column=day, type=DATE");
  }

  @Test
  void statisticsAreThoseOfTheTrainingRowsOfTheSplit() throws IOException {
    String rows = "";
    for (int i = 0; i < 10; i++) {
      rows += i + "," + (1 << i) + ",2026-01-31,2026-01-31T10:00,true,k" + i + "," + i % 2 + "\n";
    }
    String path = write("a.csv", rows);
    Dataset data = csv(roles("id = id, label = y, categorical = [kind], log = none"), path);
    List<Float> sizes = new ArrayList<>();
    List<String> kinds = new ArrayList<>();
    Split split = Split.of(10, SHARE.validationFraction(), 3, SHARE.seed());
    for (ShardGroup group :
        TestSharding.of(data, split, 1).training().map(ShardGroup::inMemory).collect()) {
      Examples examples = group.shards().get(0).chunks().read(0);
      for (int row = 0; row < examples.count(); row++) {
        int id = Integer.parseInt(examples.displayName(row));
        sizes.add((float) (1 << id));
        kinds.add("k" + id);
      }
    }
    assertThat(sizes).hasSize(7);
    TableEncoder encoder = data.encoder().orElseThrow();
    FeatureColumn size = encoder.columns().get(0);
    double mean = sizes.stream().mapToDouble(value -> value).average().orElseThrow();
    assertThat(size.scaling().center()).isEqualTo(mean);
    assertThat(encoder.categorical().get(0).values()).containsExactlyInAnyOrderElementsOf(kinds);
  }

  @Test
  void encoderOfAModelIsAppliedToGapsUnknownCategoriesAndOtherUnits() throws IOException {
    String train =
        write(
            "train.csv",
            """
            1,10,2026-01-30,2026-01-30T10:00,true,a,0
            2,30,2026-01-31,2026-01-31T10:00,false,b,1
            """);
    ColumnRoles roles = roles("id = id, label = y, categorical = [kind]");
    Source source = new CsvSource(List.of(train), roles, Map.of());
    ReadContext context = ReadContext.of(LocalSpark.context(), 2);
    TableEncoder known = source.open(context.fittedTo(TrainingShare.ALL)).encoder().orElseThrow();
    String test = write("test.csv", "7,,2026-02-01,NA,,new,1\n8,20,,2026-01-31,TRUE,,0\n");
    Dataset data =
        new CsvSource(List.of(test), roles, Map.of()).open(context.withEncoder(Optional.of(known)));
    Examples block = data.blocks().first();
    // Size, day and its parts, time and its parts, open, kind a, kind b, other kinds. The mean of
    // sizes is 20, of days the 30th and a half; the deviations are 10 and a half.
    assertThat(inputs(block, 0)).startsWith(0, 3).hasSize(1 + 5 + 7 + 1 + 3);
    assertThat(Arrays.copyOfRange(inputs(block, 0), 6, 17))
        .containsExactly(0, 0, 0, 0, 0, 0, 0, 0.5f, 0, 0, 1);
    assertThat(inputs(block, 1)[0]).isZero();
    assertThat(inputs(block, 1)[1]).isZero();
    assertThat(inputs(block, 1)[13]).isEqualTo(1);
    assertThat(data.unscaled().blocks().first().features()).isInstanceOf(Features.Floats.class);
    assertThat(inputs(data.unscaled().blocks().first(), 1)[0]).isEqualTo(20);
    assertThat(UnknownCategories.notes(data))
        .containsExactly(
            "column kind: in 2 of 2 examples the category is missing or was not in training (new);"
                + " one input represents all of them");
  }

  @Test
  void datesOfAnotherFormAreThoseOfIso8601() throws IOException {
    String iso = write("a.csv", "1,1,2026-01-31,,true,a,0\n2,1,2026-03-05,,true,a,0\n");
    String other = write("b.csv", "1,1,31.1.2026,,true,a,0\n2,1,5.3.2026,,true,a,0\n");
    String columns = "id = id, label = y, features = [size, day]";
    Dataset expected = csv(roles(columns), iso);
    Dataset data = csv(roles(columns + ", dates.format = d.M.yyyy"), other);
    assertThat(data.encoder().orElseThrow().columns())
        .isEqualTo(expected.encoder().orElseThrow().columns());
    assertThat(data.fingerprint()).isEqualTo(expected.fingerprint());
    assertThat(csv(roles(columns), other).fingerprint()).isEqualTo(expected.fingerprint());
    assertThatThrownBy(() -> csv(roles(columns + ", dates.format = dd.M.yyyy"), other))
        .hasMessageContaining("is \"5.3.2026\", expected a date in the form dd.M.yyyy");
  }

  @Test
  void headerHasTheEncodingOfTheFile() throws IOException {
    Path file = folder.resolve("latin.csv");
    Files.writeString(file, "Größe,,y\n1,2,0\n3,4,1\n", StandardCharsets.ISO_8859_1);
    Dataset data =
        open(
            new CsvSource(
                List.of(file.toString()), roles("label = y"), Map.of("encoding", "ISO-8859-1")));
    assertThat(data.encoder().orElseThrow().features()).containsExactly("Größe", "_c1");
  }

  @Test
  void columnOfTextsThatSettingsCallFeaturesIsACategoryIfTheyRepeat() throws IOException {
    ColumnRoles named = roles("id = id, label = y, features = [size, day]");
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      rows.append(i + ",name " + i + ",2026-01-31,2026-01-31,true,a,0\n");
    }
    String names = write("a.csv", rows.toString());
    assertThatThrownBy(() -> csv(named, names))
        .isInstanceOf(UserException.class)
        .hasMessage(
            names
                + ": column size, which data.columns.features names, has an id or a name: nearly"
                + " every text is different; name it in data.columns.categorical if its values are"
                + " categories, in data.columns.text if they have words, or leave it out");
    String few = write("c.csv", rows.toString().replaceAll("name \\d+", "red"));
    assertThat(csv(named, few).encoder().orElseThrow().categorical())
        .extracting(Vocabulary::column)
        .containsExactly("size");
    String mixed =
        write("b.csv", "1,1,2026-01-31,2026-01-31,true,a,0\n2,1,2026-02-30,2026-01-31,true,a,0\n");
    assertThatThrownBy(() -> csv(named, mixed))
        .hasMessage(
            mixed
                + ", id 2: column day is \"2026-02-30\", expected an ISO 8601 date such as"
                + " 2026-01-31; correct the data, or leave such rows out with data.bad-rows ="
                + " skip");
  }

  @Test
  void refusedMissingValueNamesTheSetting() throws IOException {
    String path =
        write("a.csv", "1,3,2026-01-31,2026-01-31,true,a,0\n2,,2026-01-31,2026-01-31,true,a,0\n");
    assertThatThrownBy(
            () -> csv(roles("id = id, label = y, exclude = [kind], impute = refuse"), path))
        .hasMessageStartingWith(
            path
                + ", id 2: column size has no value, expected a finite number, or"
                + " data.columns.impute = median; correct the data");
  }

  @Test
  void columnWithoutValuesAndColumnsOfTwoTypesAreNamed() throws IOException {
    ColumnRoles named = roles("id = id, label = y, features = [size, day, seen, open]");
    String empty = write("a.csv", "1,,2026-01-31,2026-01-31,true,a,0\n");
    assertThatThrownBy(() -> csv(named, empty))
        .hasMessage(
            empty
                + ": column size, which data.columns.features names, has no value; name it in"
                + " data.columns.categorical if its values are categories, in data.columns.text if"
                + " they have words, or leave it out");
    String number = write("b.csv", "2,7,7,2026-01-31,true,a,0\n");
    String date = write("c.csv", "3,7,2026-01-31,2026-01-31,true,a,0\n");
    assertThatThrownBy(() -> csv(named, number, date))
        .hasMessage(
            date
                + ", id 3: column day is \"2026-01-31\", expected a finite number; correct the"
                + " data, or leave such rows out with data.bad-rows = skip");
  }

  @Test
  void columnsOfSettingsThatTheTableDoesNotHaveAreNamed() throws IOException {
    String path = write("a.csv", "1,1,2026-01-31,2026-01-31,true,a,0\n");
    String hint = path + " has no such column; did you mean size?";
    ColumnRoles roles =
        roles("label = y, categorical = [kind], scale { siez = none }, impute { sizes = mean }");
    assertThatThrownBy(() -> csv(roles, path))
        .isInstanceOf(UserException.class)
        .hasMessage("data.columns.impute: sizes: " + hint + "\ndata.columns.scale: siez: " + hint);
  }

  @Test
  void patternThatExcludesNothingIsNamed() throws IOException {
    String path =
        write("a.csv", "1,1,2026-01-31,2026-01-31,true,a,0\n2,7,2026-02-28,2026-02-28,false,b,0\n");
    assertThat(csv(roles("id = id, label = y, exclude = [\"k*\", \"?ay\"]"), path).encoder())
        .hasValueSatisfying(
            encoder -> assertThat(encoder.features()).containsExactly("size", "seen", "open"));
    assertThatThrownBy(() -> csv(roles("label = y, exclude = [kind, \"z*\"]"), path))
        .hasMessage(
            "data.columns.exclude = z*: "
                + path
                + " has no such column; its columns are id, size, day, seen, open and 2 more");
  }
}
