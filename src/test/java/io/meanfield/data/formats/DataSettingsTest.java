package io.meanfield.data.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.data.column.EmbeddingSettings;
import io.meanfield.data.column.ExcludedColumns;
import io.meanfield.data.column.Impute;
import io.meanfield.data.column.LogChoice;
import io.meanfield.data.column.PerColumn;
import io.meanfield.data.column.PreprocessingSettings;
import io.meanfield.data.column.Scale;
import io.meanfield.data.column.TargetSettings;
import io.meanfield.data.column.TextSettings;
import io.meanfield.data.column.TimeSettings;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.encoding.ColumnRoles.HandleUnknown;
import io.meanfield.data.encoding.DividingColumn;
import io.meanfield.data.encoding.RowColumns;
import io.meanfield.data.frame.CsvSource;
import io.meanfield.data.frame.ParquetSource;
import io.meanfield.data.idx.IdxSource;
import io.meanfield.data.prepared.PreparedSource;
import io.meanfield.data.shard.Balance;
import io.meanfield.data.shard.ChunkSize;
import io.meanfield.data.source.BadRows;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.source.TestShare;
import io.meanfield.data.source.UnsetSource;
import io.meanfield.error.UserException;
import io.meanfield.settings.SettingsTree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Tests the defaults and every key of the section {@code data}. */
class DataSettingsTest {
  private static DataSettings load(String... assignments) {
    SettingsTree tree = SettingsTree.load(List.of(), List.of(assignments));
    DataSettings settings = DataSettings.read(tree.section("data"), "runs");
    tree.root()
        .allow(
            List.of(
                "run",
                "network",
                "train",
                "pretrain",
                "search",
                "registry",
                "gate",
                "retrain",
                "reinforce",
                "tracking"));
    tree.throwIfInvalid();
    return settings;
  }

  @Test
  void defaultsContainNoLocations() {
    DataSettings settings = load();
    assertThat(settings)
        .isEqualTo(
            new DataSettings(
                "idx",
                new UnsetSource("data.train.images"),
                new UnsetSource("data.test.images"),
                OptionalDouble.empty(),
                0,
                settings.columns(),
                Balance.NONE,
                BadRows.REFUSE,
                ChunkSize.DEFAULT));
  }

  @Test
  void unsetDataSetNamesItsKeyWhenOpened() {
    DataSettings settings = load("data { format = csv, columns.label = y, train.path = a.csv }");
    assertThatThrownBy(() -> settings.test().open(ReadContext.of(null, 2)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "data.test.path is not set; this command reads its examples there: set it in a --conf"
                + " file or with --set data.test.path=…; evaluate and predict also take --data"
                + " PATH");
  }

  @Test
  void testFractionMakesAShareOfTheTrainingDataTheTestSet() {
    DataSettings settings =
        load("data { format = csv, columns.label = y, train.path = a.csv, test-fraction = 0.2 }");
    assertThat(settings.test()).isEqualTo(new TestShare(settings.train(), 0.2));
    assertThat(settings.testFraction()).isEqualTo(0.2);
  }

  @Test
  void testFractionBesideATestSetIsRefused() {
    String setting =
        "data { format = csv, columns.label = y, test.path = b.csv, test-fraction = 0.2 }";
    assertThatThrownBy(() -> load(setting))
        .hasMessage(
            "data.test-fraction must be 0, because data.test is set, found 0.2 (--set data: 1)");
  }

  @Test
  void fractionsThatLeaveNothingForTrainingAreRefused() {
    assertThatThrownBy(() -> load("data { test-fraction = 0.8, validation-fraction = 0.2 }"))
        .hasMessage(
            "data.test-fraction must be below 1 - data.validation-fraction, which is 0.2, found 0.8"
                + " (--set data: 1)");
  }

  @Test
  void imagesAndLabelsOfIdxCanBeSet() {
    DataSettings settings =
        load("data { train { images = a, labels = b }, test { images = c, labels = null } }");
    assertThat(settings.train()).isEqualTo(new IdxSource("a", Optional.of("b")));
    assertThat(settings.test()).isEqualTo(new IdxSource("c", Optional.empty()));
  }

  @Test
  void everyKeyOfTablesCanBeSet() {
    DataSettings csv =
        load(
            "data { format = csv, train.path = \"a/*.csv\", test.path = [b, c], balance ="
                + " class-weights, validation-fraction = 0, bad-rows = skip, chunk-size = 3m,"
                + " csv.delimiter = tab, columns { id = i, weight = w, label = l, features = [f,"
                + " g], categorical = [h], text = [j], handle-unknown = error, impute = { \"*\" ="
                + " mean, f = refuse }, scale { f = robust }, log = [g], bins = 6,"
                + " missing-indicator = false, embed-above = none, embedding-size = { \"*\" = 4, h"
                + " = auto }, dates.categorical = true } }");
    ColumnRoles columns =
        new ColumnRoles(
            new RowColumns(Optional.of("i"), Optional.of("w"), Optional.empty()),
            Optional.of(List.of("f", "g")),
            List.of("h"),
            List.of("j"),
            Optional.of("l"),
            List.of(),
            HandleUnknown.ERROR,
            ExcludedColumns.NONE,
            new PreprocessingSettings(
                new PerColumn<>(Scale.STANDARD, Map.of("f", Scale.ROBUST)),
                new LogChoice(Optional.of(List.of("g"))),
                6,
                new PerColumn<>(Impute.MEAN, Map.of("f", Impute.REFUSE)),
                false,
                TextSettings.NONE,
                new TimeSettings(true),
                new EmbeddingSettings(
                    OptionalInt.empty(),
                    new PerColumn<>(OptionalInt.of(4), Map.of("h", OptionalInt.empty()))),
                new TargetSettings(TargetSettings.Scale.STANDARD, false)));
    assertThat(csv)
        .isEqualTo(
            new DataSettings(
                "csv",
                new CsvSource(List.of("a/*.csv"), columns, Map.of("delimiter", "\t")),
                new CsvSource(List.of("b", "c"), columns, Map.of("delimiter", "\t")),
                OptionalDouble.of(0),
                0,
                columns,
                Balance.CLASS_WEIGHTS,
                BadRows.SKIP,
                ChunkSize.of(3 << 20)));
    DataSettings parquet =
        load(
            "data { format = parquet, train.path = a, test.path = b, columns { targets = [t],"
                + " exclude = [\"raw_*\"] } }");
    assertThat(parquet.test())
        .isEqualTo(
            new ParquetSource(
                List.of("b"),
                new ColumnRoles(
                    new RowColumns(Optional.empty(), Optional.empty(), Optional.empty()),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    List.of("t"),
                    HandleUnknown.EXTRA_COLUMN,
                    new ExcludedColumns(List.of("raw_*")),
                    new PreprocessingSettings(
                        new PerColumn<>(Scale.STANDARD, Map.of()),
                        new LogChoice(Optional.empty()),
                        0,
                        new PerColumn<>(Impute.MEDIAN, Map.of()),
                        true,
                        TextSettings.NONE,
                        new TimeSettings(false),
                        new EmbeddingSettings(
                            OptionalInt.of(32), new PerColumn<>(OptionalInt.empty(), Map.of())),
                        new TargetSettings(TargetSettings.Scale.STANDARD, false)))));
  }

  @Test
  void tableQueryOrSourceOfSparkCanBeSet() {
    DataSettings settings =
        load(
            "data { format = spark, columns.label = y, train { table = c.d.t, version = 3 },"
                + " test { source = jdbc, options { dbtable = t, fetchsize = 100, password = p,"
                + " a { b = true } } } }");
    assertThat(settings.train().toString()).contains("c.d.t", " VERSION AS OF 3");
    assertThat(settings.test().toString())
        .contains("jdbc", "a.b=***", "dbtable=t", "fetchsize=100", "password=***");
    assertThat(settings.test().locations()).isEmpty();
    assertThat(settings.test().isSet()).isTrue();
    assertThat(new UnsetSource("data.test.table").isSet()).isFalse();
    assertThat(load("data { format = spark, columns.label = y, train.query = q }").test())
        .isEqualTo(new UnsetSource("data.test.table"));
  }

  @Test
  void optionsOfAReaderMayBeBlank() {
    DataSettings settings =
        load(
            "data { format = spark, columns.label = y, train { source = csv, path = t.csv,"
                + " options { sep = \"\\t\", quote = \"\", password = \"\" } } }");
    assertThat(settings.train().toString()).contains("sep=\t", "quote=,");
  }

  @Test
  void onlyOneOfTableQueryAndSourceIsAccepted() {
    assertThatThrownBy(
            () ->
                load("data { format = spark, columns.label = y, train { table = t, query = q } }"))
        .hasMessage(
            "data.train must have exactly one of table, query, source, found table, query"
                + " (--set data: 1)");
  }

  @Test
  void secretOptionOfAnotherTypeIsNotShown() {
    assertThatThrownBy(
            () ->
                load(
                    "data { format = spark, columns.label = y, train { source = jdbc, options {"
                        + " password = [geheim] } } }"))
        .hasMessageContaining(
            "data.train.options.password must be a string or a number, found another value")
        .hasMessageNotContaining("geheim");
  }

  @Test
  void preparedDataSetAllowsTheSettingsOfItsOriginalFormat() {
    DataSettings settings =
        load(
            "data { format = prepared, train { name = digits, images = a, labels = b } }",
            "data { test.path = c.csv, columns.label = y, csv.delimiter = tab }");
    assertThat(settings.train()).isEqualTo(new PreparedSource("runs", "digits", Optional.empty()));
    assertThat(settings.test()).isEqualTo(new UnsetSource("data.test.name"));
  }

  @Test
  void preparedDataSetRefusesUnknownKeys() {
    assertThatThrownBy(
            () -> load("data { format = prepared, train { name = digits, access-key = x } }"))
        .hasMessage(
            "unknown key data.train.access-key; did you mean data.train.labels? (--set data: 1)");
    assertThatThrownBy(
            () -> load("data { format = prepared, train { name = a, path { to = x } } }"))
        .hasMessage(
            "data.train.path must be a string, or a list with at least one string, found"
                + " {\"to\":\"x\"} (--set data: 1)");
  }

  @Test
  void sectionsOfOtherFormatsRefuseUnknownKeys() {
    assertThatThrownBy(() -> load("data { csv.token = x, columns.secret = y, parquet.key = z }"))
        .hasMessage(
            "data.csv.token must be one of delimiter, encoding, quote, escape,"
                + " charToEscapeQuoteEscaping, multiLine, lineSep, ignoreLeadingWhiteSpace,"
                + " ignoreTrailingWhiteSpace, nullValue, emptyValue, maxCharsPerColumn, found"
                + " \"x\" (--set data: 1)\n"
                + "unknown key data.parquet; did you mean data.format? (--set data: 1)\n"
                + "unknown key data.columns.secret; did you mean data.columns.weight? (--set data:"
                + " 1)");
  }

  @Test
  void unknownEncodingIsRejected() {
    for (String name : List.of("utf-99", "no name")) {
      assertThatThrownBy(
              () ->
                  load(
                      "data { format = csv, train.path = a.csv, columns.label = y, csv.encoding = \"%s\" }"
                          .formatted(name)))
          .hasMessage(
              "data.csv.encoding must be the name of an encoding, such as utf-8 or windows-1252,"
                  + " found \""
                  + name
                  + "\" (--set data: 1)");
    }
  }

  @Test
  void unknownFormatIsRejected() {
    assertThatThrownBy(() -> load("data { format = json, train.path = x.json }"))
        .hasMessage(
            "data.format must be one of idx, csv, parquet, spark, prepared, found \"json\""
                + " (--set data: 1)");
  }

  @Test
  void keyOfAnotherFormatIsRejected() {
    assertThatThrownBy(() -> load("data.train.path = x.csv"))
        .hasMessageMatching(
            "data.format must be csv or parquet, because data.train.path is set, found \"idx\""
                + " \\(conf/defaults.conf: \\d+\\)");
    assertThatThrownBy(() -> load("data.train.table = x"))
        .hasMessageStartingWith("unknown key data.train.table; ");
  }

  @Test
  void labelAndTargetsExcludeEachOther() {
    assertThatThrownBy(
            () ->
                load("data { format = csv, columns { label = y, targets = [y], features = [x] } }"))
        .hasMessage(
            "data.columns.label must be left out, because data.columns.targets is set, found"
                + " \"y\" (--set data: 1)");
  }

  @Test
  void timeOrGroupDividesTheTrainingDataOnly() {
    String files = "data { format = csv, train.path = a, test.path = b, columns.label = y }";
    DataSettings time = load(files, "data.columns.time = day");
    assertThat(((CsvSource) time.train()).columns().dividing())
        .contains(new DividingColumn(DividingColumn.By.TIME, "day"));
    ColumnRoles test = ((CsvSource) time.test()).columns();
    assertThat(test.dividing()).isEmpty();
    assertThat(test.featuresAmong(List.of("day", "x"))).containsExactly("x");
    assertThat(load(files, "data.columns.group = customer").columns().dividing())
        .contains(new DividingColumn(DividingColumn.By.GROUP, "customer"));
    assertThatThrownBy(() -> load(files, "data.columns { time = day, group = customer }"))
        .hasMessage(
            "data.columns.group must be left out, because data.columns.time is set; set time if the"
                + " model will meet new rows of known groups, group if it will meet new groups,"
                + " found \"customer\" (--set data.columns: 1)");
    assertThatThrownBy(() -> load(files, "data.columns.group = y"))
        .hasMessage(
            "data.columns.group must be without another role, but y is in data.columns.label, too,"
                + " found \"y\" (--set data.columns.group: 1)");
    assertThatThrownBy(() -> load("data { train.images = a, columns.time = day }"))
        .hasMessage(
            "data.columns.time must be left out, because images have no columns, found \"day\""
                + " (--set data: 1)");
  }

  @Test
  void columnWithTwoRolesIsRejected() {
    assertThatThrownBy(
            () -> load("data { format = csv, columns { label = y, features = [x, y] } }"))
        .hasMessage(
            "data.columns.label must be without another role, but y is in"
                + " data.columns.features, too, found \"y\" (--set data: 1)");
    assertThatThrownBy(
            () -> load("data { format = csv, columns { label = y, features = [x, x] } }"))
        .hasMessage(
            "data.columns.features must be a list of different columns, but x is named twice, found"
                + " [\"x\",\"x\"] (--set data: 1)");
  }

  @Test
  void reasonsOfExcludedColumnsMayStandBesideFeatures() {
    DataSettings settings =
        load(
            "data { format = csv, train.path = a, columns { label = y, features = [x], exclude {"
                + " \"a.b\" = \"an id\", \"note*\" = \"free text\" } } }");
    ExcludedColumns excluded = settings.columns().exclude();
    assertThat(excluded.patterns()).containsExactly("a.b", "note*");
    assertThat(excluded.reason("a.b")).contains("an id");
    assertThat(excluded.reason("note_2")).contains("free text");
    assertThat(excluded.reason("x")).isEmpty();
  }

  @Test
  void invalidPreprocessingNamesTheKeysAndTheValidValues() {
    assertThatThrownBy(
            () ->
                load(
                    "data { format = csv, columns { label = y, features = [x], exclude = [z],"
                        + " impute { x = guess } } }"))
        .hasMessageContaining(
            "data.columns.exclude must be empty, because data.columns.features names the features,"
                + " found [\"z\"]")
        .hasMessageContaining(
            "data.columns.impute.x must be one of median, mean, refuse, found \"guess\"");
  }
}
