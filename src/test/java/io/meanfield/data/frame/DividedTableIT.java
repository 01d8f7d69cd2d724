package io.meanfield.data.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.Split;
import io.meanfield.data.TrainingShare;
import io.meanfield.data.encoding.SkippedRow;
import io.meanfield.data.formats.DataSettings;
import io.meanfield.data.source.ReadContext;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.settings.SettingsTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables whose rows are divided by a column of times or of groups. */
class DividedTableIT {
  private static final int ROWS = 600;
  private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);
  private static final DateTimeFormatter GERMAN =
      DateTimeFormatter.ofPattern("d.M.yyyy", Locale.ROOT);

  @TempDir private Path folder;

  /** Returns the number of the day of a row: each day has ten rows. */
  private static int day(int row) {
    return row * 7 % ROWS / 10;
  }

  private static String group(int row) {
    return "customer " + row * 13 % 40;
  }

  private Path write(String name, List<String> rows) throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,day,customer,x,y"));
    lines.addAll(rows);
    return Files.write(folder.resolve(name), lines);
  }

  private static List<String> rows() {
    return IntStream.range(0, ROWS)
        .mapToObj(
            i ->
                String.join(
                    ",",
                    "r" + i,
                    GERMAN.format(FIRST.plusDays(day(i))),
                    group(i),
                    Integer.toString(i * i % 101),
                    i % 3 == 0 ? "a" : "b"))
        .toList();
  }

  private static Dataset open(String format, Path path, String columns, String... more) {
    SettingsTree tree =
        SettingsTree.load(
            List.of(),
            List.of(
                "data { format = %s, train.path = \"%s\", columns { label = y, %s } %s }"
                    .formatted(format, path, columns, String.join(", ", more))));
    DataSettings settings = DataSettings.read(tree.section("data"), "runs");
    return settings
        .train()
        .open(
            ReadContext.of(LocalSpark.context(), 2)
                .withTargets()
                .fittedTo(new TrainingShare(0.25, 0.2, 7))
                .withBadRows(settings.badRows()));
  }

  /** Returns the ids of the rows of each part. */
  private static Map<String, SortedSet<String>> parts(Dataset data) {
    Split split = data.split(new TrainingShare(0.25, 0.2, 7)).over(3);
    Map<String, SortedSet<String>> parts = new HashMap<>();
    for (Examples block : data.blocks().collect()) {
      for (int row = 0; row < block.count(); row++) {
        long position = split.permutation().apply(block.ids()[row]);
        String part =
            split.isTest(position)
                ? "test"
                : split.isTraining(position) ? "training" : "validation";
        parts
            .computeIfAbsent(part, any -> new TreeSet<>())
            .add(block.externalId(row).orElseThrow());
      }
    }
    return parts;
  }

  private static SortedSet<String> ofDays(int from, int to) {
    return IntStream.range(0, ROWS)
        .filter(row -> day(row) >= from && day(row) < to)
        .mapToObj(row -> "r" + row)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void newestDaysAreForTestsAndThoseBeforeThemForValidation() throws IOException {
    Dataset data = open("csv", write("days.csv", rows()), "id = id, time = day");
    Map<String, SortedSet<String>> parts = parts(data);
    assertThat(parts.get("test")).isEqualTo(ofDays(48, 60));
    assertThat(parts.get("validation")).isEqualTo(ofDays(33, 48));
    assertThat(parts.get("training")).isEqualTo(ofDays(0, 33));
    assertThat(data.encoder().orElseThrow().features()).containsExactly("x");

    LocalSpark.session()
        .read()
        .option("header", true)
        .csv(folder.resolve("days.csv").toString())
        .selectExpr("id", "to_date(day, 'd.M.yyyy') as day", "customer", "int(x) as x", "y")
        .repartition(7)
        .write()
        .parquet(folder.resolve("days").toString());
    Dataset typed = open("parquet", folder.resolve("days"), "id = id, time = day");
    assertThat(typed.fingerprint()).isEqualTo(data.fingerprint());
    assertThat(parts(typed)).isEqualTo(parts);
  }

  @Test
  void aTableOfMoreRowsThanTheDriverHasKeysIsDividedByTime() {
    int rows = 1_100_000;
    Path path = folder.resolve("many");
    LocalSpark.session()
        .range(0, rows, 1, 2)
        .selectExpr("id * 7919 % " + rows + " as t", "id % 101 as x", "id % 2 as y")
        .selectExpr("timestamp_seconds(t) as day", "float(t + 1) as w", "x", "y")
        .write()
        .parquet(path.toString());
    Dataset data = open("parquet", path, "time = day, weight = w, features = [x]");
    Split split = data.split(new TrainingShare(0.25, 0.2, 7)).over(3);
    // The rows by their numbers; the weight tells the time.
    float[] times = new float[rows];
    for (Examples block : data.blocks().collect()) {
      for (int row = 0; row < block.count(); row++) {
        times[(int) block.ids()[row]] += block.weight(row);
      }
    }
    data.release();
    int training = (int) split.training();
    int scored = training + (int) split.scored();
    assertThat(split.test()).isBetween(219_000L, 221_000L);
    assertThat(range(times, 0, training)).containsExactly(1, training);
    assertThat(range(times, training, scored)).containsExactly(training + 1, scored);
    assertThat(range(times, scored, rows)).containsExactly(scored + 1, rows);
  }

  /** Returns the least and the largest number; there is no number between them that is missing. */
  private static int[] range(float[] numbers, int from, int to) {
    float[] sorted = Arrays.copyOfRange(numbers, from, to);
    Arrays.sort(sorted);
    assertThat(IntStream.range(0, sorted.length).filter(i -> sorted[i] != sorted[0] + i)).isEmpty();
    return new int[] {(int) sorted[0], (int) sorted[sorted.length - 1]};
  }

  @Test
  void preprocessingIsFittedToTheOldestRows() throws IOException {
    Path file = write("days.csv", rows());
    double mean =
        ofDays(0, 33).stream()
            .mapToInt(id -> Integer.parseInt(id.substring(1)))
            .mapToDouble(i -> i * i % 101)
            .average()
            .orElseThrow();
    Dataset data = open("csv", file, "id = id, time = day");
    assertThat(data.encoder().orElseThrow().columns().get(0).scaling().center())
        .isCloseTo(mean, within(1e-9));
  }

  @Test
  void timesMayBeNumbersOrFeaturesToo() throws IOException {
    List<String> numbered =
        IntStream.range(0, ROWS)
            .mapToObj(i -> "r" + i + "," + (day(i) + 0.5) + "," + group(i) + "," + i % 5 + ",a")
            .toList();
    Dataset data =
        open("csv", write("n.csv", numbered), "id = id, time = day, features = [day, x]");
    assertThat(parts(data).get("test")).isEqualTo(ofDays(48, 60));
    assertThat(data.encoder().orElseThrow().features()).containsExactly("day", "x");
  }

  @Test
  void datesOfAFeatureAreReadAsItsInputs() throws IOException {
    List<String> lines = new ArrayList<>(List.of("id,day,sent,x,y"));
    // Only the other column tells that the first number is the day.
    IntStream.range(0, 24)
        .forEach(
            i ->
                lines.add(
                    "r%d,%d/%d/2024,%d/1/2024,%d,a"
                        .formatted(i, 1 + i % 12, 1 + i / 12, 8 + i, i)));
    Path file = Files.write(folder.resolve("dates.csv"), lines);
    Dataset data = open("csv", file, "id = id, time = day, features = [day, sent, x]");
    assertThat(parts(data).get("test")).containsExactly("r19", "r20", "r21", "r22", "r23");
    assertThatThrownBy(() -> open("csv", file, "id = id, time = day, features = [x]"))
        .hasMessage(
            file
                + ": column day, which data.columns.time names, has dates of the form M/d/yyyy or"
                + " d/M/yyyy; name one of them in data.columns.dates.format");
  }

  @Test
  void rowsOfAGroupAreOnOneSide() throws IOException {
    Dataset data = open("csv", write("groups.csv", rows()), "id = id, group = customer");
    Map<String, SortedSet<String>> parts = parts(data);
    Map<String, String> side = new HashMap<>();
    parts.forEach(
        (part, ids) ->
            ids.forEach(
                id -> {
                  String before = side.put(group(Integer.parseInt(id.substring(1))), part);
                  assertThat(Optional.ofNullable(before).orElse(part)).isEqualTo(part);
                }));
    assertThat(side).hasSize(40);
    assertThat(parts.get("test")).hasSize(120);
    assertThat(parts.get("validation")).hasSize(150);
    assertThat(data.encoder().orElseThrow().categorical()).isEmpty();
    assertThat(data.encoder().orElseThrow().features()).containsExactly("day", "x");
  }

  @Test
  void rowsWithoutATimeOrAGroupCannotBeUsed() throws IOException {
    List<String> rows = new ArrayList<>(rows());
    rows.add(50, "late,,customer 1,3,a");
    rows.add(70, "wrong,yesterday,customer 1,3,a");
    rows.add(90, "nobody,1.1.2024,,3,a");
    Path file = write("gaps.csv", rows);
    assertThatThrownBy(() -> open("csv", file, "id = id, time = day, features = [x]"))
        .hasMessage(
            file
                + ", id late: column day has no value, expected a date in the form d.M.yyyy\n"
                + file
                + ", id wrong: column day is \"yesterday\", expected a date in the form d.M.yyyy;"
                + " correct the data, or leave such rows out with data.bad-rows = skip");
    Dataset skipped = open("csv", file, "id = id, time = day, features = [x]", ", bad-rows = skip");
    assertThat(skipped.findings().skipped().listed())
        .extracting(SkippedRow::column, SkippedRow::value)
        .containsExactlyInAnyOrder(tuple("day", ""), tuple("day", "yesterday"));
    assertThat(parts(skipped).get("test")).isEqualTo(ofDays(48, 60));
    assertThatThrownBy(() -> open("csv", file, "id = id, group = customer, features = [x]"))
        .hasMessageStartingWith(
            file + ", id nobody: column customer has no value, expected a group;");
  }

  @Test
  void columnsThatAreNoTimesAreRefused() throws IOException {
    Path file = write("days.csv", rows());
    assertThatThrownBy(() -> open("csv", file, "id = id, time = customer"))
        .hasMessage(
            file
                + ": column customer, which data.columns.time names, has 40 different texts;"
                + " expected dates, timestamps or numbers");
    assertThatThrownBy(() -> open("csv", file, "id = id, time = month"))
        .hasMessageStartingWith("data.columns.time = month: " + file + " has no such column; ");
  }

  @Test
  void fewerGroupsThanPartsAreRefused() throws IOException {
    List<String> rows =
        IntStream.range(0, 20).mapToObj(i -> "r" + i + ",1.1.2024,c" + i % 2 + ",1,a").toList();
    Path file = write("two.csv", rows);
    assertThatThrownBy(() -> open("csv", file, "id = id, group = customer"))
        .hasMessage(
            "data.columns.group = customer divides the 20 examples of "
                + file
                + " into 3 parts, but its values allow only 2; set data.validation-fraction or"
                + " data.test-fraction to 0 or a smaller fraction, or divide by another column");
  }
}
