package io.meanfield.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTreeTest {
  @TempDir private Path folder;

  /** Reads the section {@code train} as a package does, with only the keys of these tests. */
  private static int epochs(SettingsTree tree) {
    Section train = tree.section("train");
    train.integer("batch-size", 1);
    return train.integer("epochs", 1);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void laterFilesOverrideEarlierOnesAndAssignmentsOverrideAll() throws IOException {
    Path first = file("a.conf", "train.epochs = 4");
    Path second = file("b.conf", "train.epochs = 5");
    assertThat(
            epochs(
                SettingsTree.load(
                    List.of(new LocalSettingsFile(first), new LocalSettingsFile(second)),
                    List.of())))
        .isEqualTo(5);
    assertThat(
            epochs(
                SettingsTree.load(
                    List.of(new LocalSettingsFile(first), new LocalSettingsFile(second)),
                    List.of("train.epochs=6", "train.epochs=7"))))
        .isEqualTo(7);
  }

  @Test
  void everyProblemIsReportedAtOnceWithFileAndLine() throws IOException {
    Path file = file("bad.conf", "train {\n  epochs = many\n  batch-size = -8\n}");
    SettingsTree tree = SettingsTree.load(List.of(new LocalSettingsFile(file)), List.of());
    epochs(tree);
    assertThatThrownBy(tree::throwIfInvalid)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("train.batch-size must be at least 1, found -8 (" + file + ": 3)")
        .hasMessageContaining(
            "train.epochs must be a whole number, found \"many\" (" + file + ": 2)");
  }

  @Test
  void unknownKeyNamesTheNearestKnownOne() throws IOException {
    Path file = file("typo.conf", "train { bach-size = 3 }");
    SettingsTree tree = SettingsTree.load(List.of(new LocalSettingsFile(file)), List.of());
    epochs(tree);
    assertThatThrownBy(tree::throwIfInvalid)
        .hasMessageContaining(
            "unknown key train.bach-size; did you mean train.batch-size? (" + file + ": 1)");
  }

  @Test
  void tableInPlaceOfSettingsIsTold(@TempDir Path folder) throws IOException {
    Path table = Files.writeString(folder.resolve("t.csv"), "a,b\n1,2\n");
    assertThatThrownBy(() -> SettingsTree.load(List.of(new LocalSettingsFile(table)), List.of()))
        .hasMessage(
            table
                + " is no file of settings; for a table, init --label COLUMN "
                + table
                + " writes one");
  }

  @Test
  void unknownTopLevelKeyNamesTheNearestKnownOne() {
    SettingsTree tree = SettingsTree.load(List.of(), List.of("trian.epochs=3"));
    epochs(tree);
    assertThatThrownBy(tree::throwIfInvalid)
        .hasMessageContaining("unknown key trian; did you mean train?");
  }

  @Test
  void missingFileIsNamed() {
    Path nowhere = folder.resolve("nowhere.conf");
    assertThatThrownBy(() -> SettingsTree.load(List.of(new LocalSettingsFile(nowhere)), List.of()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "settings file " + nowhere + " does not exist; expected the path of a HOCON file");
  }

  @Test
  void fileThatIsNotHoconIsNamed() throws IOException {
    Path file = file("broken.conf", "train { epochs = ");
    assertThatThrownBy(() -> SettingsTree.load(List.of(new LocalSettingsFile(file)), List.of()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("settings file is not valid HOCON: ");
  }

  @Test
  void assignmentWithoutEqualsIsRejected() {
    assertThatThrownBy(() -> SettingsTree.load(List.of(), List.of("train.epochs")))
        .hasMessage("--set must be key=value, found \"train.epochs\" without \"=\"");
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  @Test
  void includePathIsRelativeToTheIncludingFile() throws IOException {
    folder("jobs");
    folder("base");
    file("base/base.conf", "train { epochs = 4, batch-size = 8 }");
    file("base/small.conf", "include \"base.conf\"\ntrain.batch-size = 2");
    Path job = file("jobs/job.conf", "include \"../base/small.conf\"\ntrain.seed = 1");
    Section train =
        SettingsTree.load(List.of(new LocalSettingsFile(job)), List.of()).section("train");
    assertThat(train.integer("epochs", 1)).isEqualTo(4);
    assertThat(train.integer("batch-size", 1)).isEqualTo(2);
    assertThat(train.integer("seed", 0)).isEqualTo(1);
    assertThat(epochs(SettingsTree.loadStandalone(new LocalSettingsFile(job)))).isEqualTo(4);
  }

  @Test
  void filesMayBeIncludedByAbsolutePathAndInsideAnObject() throws IOException {
    Path base = file("base.conf", "epochs = 4, batch-size = 8");
    Path job = file("job.conf", "train { include file(\"" + base.toAbsolutePath() + "\") }");
    assertThat(epochs(SettingsTree.load(List.of(new LocalSettingsFile(job)), List.of())))
        .isEqualTo(4);
  }

  @Test
  void missingIncludedFileNamesTheIncludingFile() throws IOException {
    Path middle = file("middle.conf", "include \"nowhere.conf\"");
    Path job = file("job.conf", "include \"middle.conf\"");
    assertThatThrownBy(() -> SettingsTree.load(List.of(new LocalSettingsFile(job)), List.of()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "settings file "
                + middle
                + " includes \"nowhere.conf\", but "
                + folder.resolve("nowhere.conf")
                + " does not exist; expected a path relative to the including file");
  }

  @Test
  void circularIncludesAreRejected() throws IOException {
    Path job = file("job.conf", "include \"other.conf\"");
    Path other = file("other.conf", "include \"./job.conf\"");
    assertThatThrownBy(() -> SettingsTree.load(List.of(new LocalSettingsFile(job)), List.of()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "settings file "
                + other
                + " includes \"./job.conf\", which includes it in turn; expected files that do not"
                + " include each other");
  }

  @Test
  void problemInAnIncludedFileNamesThatFile() throws IOException {
    Path base = file("base.conf", "train.epochs = many");
    Path job = file("job.conf", "include \"base.conf\"");
    SettingsTree tree = SettingsTree.load(List.of(new LocalSettingsFile(job)), List.of());
    epochs(tree);
    assertThatThrownBy(tree::throwIfInvalid)
        .hasMessageContaining(
            "train.epochs must be a whole number, found \"many\" (" + base + ": 1)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hdfs:///runs",
        "s3a://bucket/x",
        "//server/share",
        "*",
        "part-*.csv",
        "{a,b}.csv",
        "a@b",
        "C:\\x",
        "a#b",
        "say \"yes\"?",
        "a=b"
      })
  void assignedValueThatIsNotHoconIsAString(String value) {
    SettingsTree tree = SettingsTree.load(List.of(), List.of("run.directory=" + value));
    assertThat(tree.section("run").string("directory")).isEqualTo(value);
  }

  @Test
  void assignedHoconKeepsItsType() {
    SettingsTree tree =
        SettingsTree.load(
            List.of(),
            List.of(
                "x.number = 3",
                "x.quoted=\"hdfs:///runs\"",
                "x.list=[a, \"b*\"]",
                "x { nested { number = 4 }, words = two words }",
                "x.one=1, x.two=2",
                "x.none=null",
                "x.lines=[\n a # first\n b ]"));
    Section section = tree.section("x");
    assertThat(section.integer("number", 0)).isEqualTo(3);
    assertThat(section.string("quoted")).isEqualTo("hdfs:///runs");
    assertThat(section.optionalStrings("list")).containsExactly("a", "b*");
    assertThat(section.section("nested").integer("number", 0)).isEqualTo(4);
    assertThat(section.string("words")).isEqualTo("two words");
    assertThat(section.integer("one", 0) + section.integer("two", 0)).isEqualTo(3);
    assertThat(section.isSet("none")).isFalse();
    assertThat(section.optionalStrings("lines")).containsExactly("a", "b");
  }

  @Test
  void problemOfAnAssignedStringNamesTheAssignment() {
    SettingsTree tree = SettingsTree.load(List.of(), List.of("train.epochs=a@b"));
    epochs(tree);
    assertThatThrownBy(tree::throwIfInvalid)
        .hasMessageContaining(
            "train.epochs must be a whole number, found \"a@b\" (--set train.epochs: 1)");
  }

  @Test
  void assignedKeyMustBeAPath() {
    assertThatThrownBy(() -> SettingsTree.load(List.of(), List.of("run..directory=hdfs:///runs")))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("--set run..directory is not valid HOCON: ");
  }

  @Test
  void locationsWithPasswordsAreRefusedWithoutShowingThem() throws IOException {
    Path file =
        file(
            "secrets.conf",
            """
            run.directory = "s3a://USER:pla/nted@bucket/runs"
            data.train.path = [a.csv, "https://host/b.csv?sig=planted"]
            lists = [[{ url = "ftp://me:planted@host" }]]
            """);
    SettingsTree tree = SettingsTree.load(List.of(new LocalSettingsFile(file)), List.of());
    tree.root().allow(tree.root().names());
    String expected =
        " must be a location without user, password and parameters (docs/clusters.md#secrets tells"
            + " where to keep them), found some of them (";
    assertThatThrownBy(tree::throwIfInvalid)
        .isInstanceOf(UserException.class)
        .hasMessage(
            String.join(
                "\n",
                "data.train.path[1]" + expected + file + ": 2)",
                "lists[0][0].url" + expected + file + ": 3)",
                "run.directory" + expected + file + ": 1)"));
  }

  @Test
  void valueOfAnUnknownSecretIsNotShown() {
    SettingsTree tree =
        SettingsTree.load(
            List.of(), List.of("spark.hadoop.fs.s3a.secret.key=planted", "train.epochs=3"));
    epochs(tree);
    assertThatThrownBy(tree::throwIfInvalid)
        .hasMessageContaining(
            "unknown key spark; docs/configuration.md has every key (--set"
                + " spark.hadoop.fs.s3a.secret.key: 1)")
        .hasMessageNotContaining("planted");
  }

  @Test
  void numberBeyondTheRangeOfDoublesIsRejected() {
    SettingsTree tree = SettingsTree.load(List.of(), List.of("retrain.min-delta = 1e400"));
    tree.section("retrain").optionalNumber("min-delta", delta -> delta >= 0, "at least 0", 0);
    assertThatThrownBy(tree::throwIfInvalid)
        .hasMessageStartingWith(
            "retrain.min-delta must be 0 or a number from 4.9e-324 to 1.8e308, found 1e400 (--set"
                + " retrain.min-delta: 1)\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e-400", "-1e-400", "1e-9999999999", "1.0000000000000000000001", "0.5", "1e19"})
  void numberThatIsNotTheIntegerThatItWouldBecomeIsRejected(String number) {
    SettingsTree tree = SettingsTree.load(List.of(), List.of("run.seed=" + number));
    tree.section("run").seed("seed");
    assertThatThrownBy(tree::throwIfInvalid)
        .hasMessageContaining(
            "run.seed must be a whole number, found " + number + " (--set run.seed: 1)");
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "-7, -7",
    "2e3, 2000",
    "7.0, 7",
    "0e-400, 0",
    "9223372036854775807, 9223372036854775807"
  })
  void integerIsReadExactly(String number, long seed) {
    SettingsTree tree = SettingsTree.load(List.of(), List.of("run.seed=" + number));
    assertThat(tree.section("run").seed("seed")).isEqualTo(seed);
  }

  @Test
  void numberThatADoubleCannotTellFromZeroIsRejected() {
    SettingsTree tree = SettingsTree.load(List.of(), List.of("retrain.min-delta = 1e-400"));
    tree.section("retrain").optionalNumber("min-delta", delta -> delta >= 0, "at least 0", 0);
    assertThatThrownBy(tree::throwIfInvalid)
        .hasMessageStartingWith(
            "retrain.min-delta must be 0 or a number from 4.9e-324 to 1.8e308, found 1e-400 (--set"
                + " retrain.min-delta: 1)\n");
  }

  @Test
  void assignmentWithoutAValueIsRejected() {
    assertThatThrownBy(() -> SettingsTree.load(List.of(), List.of("train.epochs=")))
        .hasMessage("--set must be key=value, found \"train.epochs=\" without a value");
  }

  @Test
  void problemThatTwoReadersFindIsReportedOnce() {
    SettingsTree tree =
        SettingsTree.parse(
            "{ \"train\": { \"epochs\": 0 } }".getBytes(StandardCharsets.UTF_8),
            "x.json",
            ErrorCode.MODEL_UNUSABLE);
    tree.section("train").integer("epochs", 1);
    tree.section("train").integer("epochs", 1);
    assertThatThrownBy(tree::throwIfInvalid)
        .hasMessage("train.epochs must be at least 1, found 0 (x.json: 1)");
  }

  @Test
  void invalidChoiceListsTheValidValues() {
    SettingsTree tree = SettingsTree.load(List.of(), List.of("network.loss=hinge"));
    tree.section("network").choice("loss", Choice.class);
    assertThatThrownBy(tree::throwIfInvalid)
        .hasMessageContaining(
            "network.loss must be one of one_word, another, found \"hinge\" (--set"
                + " network.loss: 1)");
  }

  private enum Choice {
    ONE_WORD,
    ANOTHER
  }
}
