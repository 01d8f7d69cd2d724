package io.meanfield.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.LocalSpark;
import io.meanfield.data.BadRows;
import io.meanfield.data.ColumnRoles;
import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.ReadContext;
import io.meanfield.data.ReadProgress;
import io.meanfield.data.Split;
import io.meanfield.data.TrainingShare;
import io.meanfield.data.shard.Balance;
import io.meanfield.data.shard.ChunkSize;
import io.meanfield.data.shard.ClassBalancing;
import io.meanfield.data.shard.ExampleWeights;
import io.meanfield.data.shard.Shard;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.data.shard.Sharding;
import io.meanfield.error.UserException;
import io.meanfield.settings.SettingsTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Columns that are read into arrays give the same examples as Spark's rows, which are read if rows
 * may be skipped, and with ids the same for every division into files, row groups and tasks.
 */
class FlatTableIT {
  private static final int ROWS = 3_000;
  private static final int WIDTH = 700; // three blocks of 4 MiB, if all inputs are so many
  private static final TrainingShare SHARE = new TrainingShare(0.3, 777);

  @TempDir private Path folder;

  /** Writes three blocks of categories, which are one-hot encoded, to several row groups. */
  private String write(String name, int files, String x) {
    return write(name, files, table(ROWS, 3, WIDTH, x), 10_000);
  }

  private String write(
      String name, int files, org.apache.spark.sql.Dataset<Row> table, int groupBytes) {
    String path = folder.resolve(name).toString();
    table
        .repartition(files)
        .sortWithinPartitions("key")
        .write()
        .option("parquet.block.size", groupBytes)
        .parquet(path);
    return path;
  }

  /** Writes 100 rows to two files. */
  private String writeFew(String name, String x) {
    String path = folder.resolve(name).toString();
    table(100, 3, 6, x).write().parquet(path);
    return path;
  }

  private static org.apache.spark.sql.Dataset<Row> table(int rows, int width, int kinds, String x) {
    return LocalSpark.session()
        .range(0, rows, 1, 2)
        .selectExpr(
            "id * id % 1000003 - 500 as id",
            "concat('k', id) as key",
            x + " as x",
            "if(id % 5 = 0, null, sqrt(id)) as y",
            "cast(id % 9 as short) as n",
            "if(id % 4 = 0, null, id % 3 = 0) as flag",
            "transform(sequence(1, " + width + "), i -> cast(id * i % 97 as float)) as v",
            "if(id % 11 = 0, null, concat('c', id % " + kinds + ")) as kind",
            "if(id % 3 = 0, 'yes', 'no') as label",
            "id > 0 as large",
            "cast(id % 2 + 1 as int) as w");
  }

  private static ColumnRoles roles(String... columns) {
    List<String> assignments = new ArrayList<>(List.of("data.format = parquet"));
    Stream.concat(
            Arrays.stream(columns),
            Stream.of(
                "features = [x, y, n, flag, v]",
                "categorical = [kind]",
                "embed-above = none",
                "handle-unknown = extra-column",
                "label = label"))
        .forEach(each -> assignments.add("data.columns { " + each + " }"));
    return ColumnRoles.read(
        SettingsTree.load(List.of(), assignments).section("data").section("columns"));
  }

  private static Dataset open(String path, ColumnRoles roles, BadRows badRows) {
    return new ParquetSource(List.of(path), roles)
        .open(
            ReadContext.of(LocalSpark.context(), 2)
                .withTargets()
                .fittedTo(SHARE)
                .withBadRows(badRows));
  }

  private static List<String> describe(Dataset data, Balance balance) {
    data.blocks().persist(StorageLevel.MEMORY_AND_DISK()); // as jobs do
    List<String> described = new ArrayList<>();
    described.add(data.count() + " of " + data.width() + " " + data.fingerprint());
    described.add(data.encoder().orElseThrow().toString());
    for (Examples block : data.blocks().collect()) {
      described.add("block " + Arrays.hashCode(block.ids()));
    }
    Split split = Split.of(ROWS, 0.3, 3, 777);
    ClassBalancing balancing = ClassBalancing.of(data, split, balance, 2);
    Sharding sharding =
        new Sharding(
            data, split, balancing.drawn(), ExampleWeights.of(data, split), 2, ChunkSize.DEFAULT);
    for (ShardGroup group : sharding.training().map(ShardGroup::inMemory).collect()) {
      for (Shard shard : group.shards()) {
        described.add(
            Arrays.hashCode(shard.chunks().read(0).ids())
                + " "
                + Arrays.hashCode(shard.chunks().read(0).externalIds()));
      }
    }
    described.add(Arrays.toString(data.random(3, 5).ids()));
    data.release();
    return described;
  }

  @Test
  void positionsGiveTheExamplesOfSparksRows() {
    String path = write("positions", 3, "cast(id as float) / 7");
    List<String> found = describe(open(path, roles(), BadRows.REFUSE), Balance.OVERSAMPLE);
    assertThat(found).hasSize(2 + 3 + 3 + 1).first().asString().startsWith("3000 of 7");
    assertThat(found).isEqualTo(describe(open(path, roles(), BadRows.SKIP), Balance.OVERSAMPLE));
  }

  @Test
  void pathsWithSpecialCharactersGiveTheExamplesOfSparksRows() {
    String path = writeFew("a b%20ü+#", "cast(id as float) / 7");
    String found = open(path, roles(), BadRows.REFUSE).fingerprint();
    assertThat(found).isEqualTo(open(path, roles(), BadRows.SKIP).fingerprint());
  }

  @Test
  void summaryOfAllFilesHasNoRows() throws IOException {
    String path = writeFew("summary", "0f");
    try (Stream<Path> files = Files.list(Path.of(path))) {
      Path any = files.filter(file -> file.toString().endsWith(".parquet")).findAny().orElseThrow();
      Files.copy(any, Path.of(path, "_metadata"));
    }
    for (BadRows badRows : BadRows.values()) {
      assertThat(open(path, roles(), badRows).count()).isEqualTo(100);
    }
  }

  @Test
  void fileWhoseNameBeginsAsAPartitionHasRows() throws IOException {
    String path = writeFew("underscored", "0f");
    try (Stream<Path> files = Files.list(Path.of(path))) {
      Path any = files.filter(file -> file.toString().endsWith(".parquet")).findAny().orElseThrow();
      Files.move(any, Path.of(path, "_day=1.parquet"));
    }
    for (BadRows badRows : BadRows.values()) {
      Dataset data = open(path, roles(), badRows);
      assertThat(data.count()).isEqualTo(100);
      assertThat(data.blocks().map(Examples::count).reduce(Integer::sum)).isEqualTo(100);
    }
  }

  @Test
  void tableWithoutRowsIsRefused() {
    String path = folder.resolve("empty").toString();
    table(0, 3, 6, "0f").write().parquet(path);
    assertThatThrownBy(() -> open(path, roles(), BadRows.REFUSE))
        .hasMessage(path + " has no values in column v");
    String numbers = folder.resolve("numbers").toString();
    table(0, 3, 6, "0f").drop("v").withColumn("v", functions.lit(0f)).write().parquet(numbers);
    assertThatThrownBy(() -> open(numbers, roles(), BadRows.REFUSE))
        .hasMessage(numbers + " has no rows");
  }

  @Test
  void rowsInSparksCacheGiveTheSameExamples() {
    String path = writeFew("cached", "cast(id as float) / 7");
    String found = open(path, roles("id = id"), BadRows.REFUSE).fingerprint();
    org.apache.spark.sql.Dataset<Row> cached = LocalSpark.session().read().parquet(path).cache();
    try {
      assertThat(open(path, roles("id = id"), BadRows.REFUSE).fingerprint()).isEqualTo(found);
    } finally {
      cached.unpersist();
    }
  }

  @Test
  void onlySkippedRowsAreReadByQueries() throws InterruptedException {
    String path = writeFew("queries", "cast(id as float) / 7");
    ColumnRoles roles = roles("id = id", "weight = w");
    Queries queries = new Queries();
    LocalSpark.session().sparkContext().addSparkListener(queries);
    try {
      open(path, roles, BadRows.REFUSE).blocks().count();
      assertThat(queries.ofJobsBefore("between")).isNotEmpty().doesNotContain(true);
      open(path, roles, BadRows.SKIP).blocks().count();
      assertThat(queries.ofJobsBefore("after")).contains(true);
    } finally {
      LocalSpark.session().sparkContext().removeSparkListener(queries);
    }
  }

  @Test
  void oneJobReadsTheTextsOfAllColumns() throws InterruptedException {
    String path = writeFew("texts", "cast(id as float) / 7");
    Queries queries = new Queries();
    LocalSpark.session().sparkContext().addSparkListener(queries);
    try {
      open(path, categorical("kind"), BadRows.REFUSE);
      int jobs = queries.ofJobsBefore("between").size();
      open(path, categorical("kind, key"), BadRows.REFUSE);
      assertThat(queries.ofJobsBefore("after")).hasSize(jobs);
    } finally {
      LocalSpark.session().sparkContext().removeSparkListener(queries);
    }
  }

  private static ColumnRoles categorical(String columns) {
    String roles = "features = [x], categorical = [" + columns + "], label = label";
    return ColumnRoles.read(
        SettingsTree.load(
                List.of(), List.of("data.format = parquet", "data.columns { " + roles + " }"))
            .section("data")
            .section("columns"));
  }

  /** Collects which jobs belong to queries of Spark SQL. */
  private static final class Queries extends SparkListener {
    private record Job(String name, boolean isQuery) {}

    private final BlockingQueue<Job> jobs = new LinkedBlockingQueue<>();

    @Override
    public void onJobStart(SparkListenerJobStart job) {
      jobs.add(
          new Job(
              job.properties().getProperty("spark.job.description", ""),
              job.properties().getProperty("spark.sql.execution.id") != null));
    }

    /** Runs a job with a name; returns for each job before it whether it belongs to a query. */
    List<Boolean> ofJobsBefore(String name) throws InterruptedException {
      LocalSpark.session().sparkContext().setJobDescription(name);
      LocalSpark.context().parallelize(List.of(1)).count();
      LocalSpark.session().sparkContext().setJobDescription(null);
      List<Boolean> before = new ArrayList<>();
      Job job = Objects.requireNonNull(jobs.poll(60, TimeUnit.SECONDS));
      while (!job.name().equals(name)) {
        before.add(job.isQuery());
        job = Objects.requireNonNull(jobs.poll(60, TimeUnit.SECONDS));
      }
      return before;
    }
  }

  @Test
  void firstArrayHasTheWidth() {
    String x = "if(id < 60, null, array(float(id), 1f, 2f))";
    assertThat(open(writeFew("late", x), roles(), BadRows.REFUSE).width())
        .isEqualTo(open(writeFew("early", "array(1f, 2f, 3f)"), roles(), BadRows.REFUSE).width());
    String none = writeFew("none", "cast(null as array<float>)");
    assertThatThrownBy(() -> open(none, roles(), BadRows.REFUSE))
        .hasMessage(none + " has no values in column x");
  }

  @Test
  void rowWithoutAnIdIsRefused() {
    String path = writeFew("unnamed", "if(id = 12, null, id)");
    List<String> ids = List.of("x", "string(x)", "date_from_unix_date(int(x))");
    for (int i = 0; i < ids.size(); i++) {
      String table = with("name", ids.get(i), path, path + i);
      assertThatThrownBy(() -> open(table, roles("id = name"), BadRows.REFUSE))
          .satisfies(
              failure ->
                  assertThat(UserException.of(failure))
                      .hasMessage(
                          table + " has rows without an id in column name, expected one in each"));
    }
  }

  /** Writes a table with another column. */
  private static String with(String column, String expression, String from, String to) {
    LocalSpark.session()
        .read()
        .parquet(from)
        .withColumn(column, functions.expr(expression))
        .write()
        .parquet(to);
    return to;
  }

  @Test
  void rowWithoutALabelIsRefused() {
    String all = writeFew("labelled", "0f");
    String path = with("label", "if(y is null, null, label)", all, all + "-some");
    assertThatThrownBy(() -> open(path, roles(), BadRows.REFUSE))
        .hasMessage(path + " has rows without a value in column label, expected one in each");
  }

  @Test
  void targetOfBytesIsRefused() {
    String path = writeFew("bytes", "cast('ab' as binary)");
    ColumnRoles targets =
        ColumnRoles.read(
            SettingsTree.load(
                    List.of(),
                    List.of(
                        "data.format = parquet",
                        "data.columns { features = [n], targets = [x], exclude = [y, flag, v] }"))
                .section("data")
                .section("columns"));
    for (BadRows badRows : BadRows.values()) {
      assertThatThrownBy(() -> open(path, targets, badRows))
          .hasMessage(
              path
                  + " has bytes in column x, which data.columns.targets names; expected numbers, an"
                  + " array of numbers or a vector");
    }
  }

  @Test
  void oneRowGroupGivesEveryCoreBlocks() {
    String path = write("one", 1, table(ROWS, WIDTH, 6, "cast(id as float) / 7"), 1 << 30);
    Dataset data = open(path, roles(), BadRows.REFUSE);
    assertThat(data.blocks().getNumPartitions()).isEqualTo(3);
    assertThat(describe(data, Balance.OVERSAMPLE))
        .isEqualTo(describe(open(path, roles(), BadRows.SKIP), Balance.OVERSAMPLE));
  }

  @Test
  void idsGiveTheSameExamplesForEveryDivisionAndForSparksRows() {
    String few = write("few", 1, "cast(id as float) / 7");
    String many = write("many", 7, "cast(id as float) / 7");
    for (String[] columns : new String[][] {{"id = id", "weight = w"}, {"id = key"}}) {
      Balance balance = columns.length == 1 ? Balance.UNDERSAMPLE : Balance.NONE;
      List<String> found = describe(open(few, roles(columns), BadRows.REFUSE), balance);
      assertThat(found).hasSize(2 + 3 + 3 + 1);
      assertThat(describe(open(many, roles(columns), BadRows.REFUSE), balance)).isEqualTo(found);
      assertThat(describe(open(many, roles(columns), BadRows.SKIP), balance)).isEqualTo(found);
    }
  }

  @Test
  void partitionColumnThatIsAlsoInTheFilesHasTheValueOfThePath() {
    String path = writeFew("parted/n=3", "cast(id as float) / 7");
    String parted = Path.of(path).getParent().toString();
    String found = open(parted, roles(), BadRows.REFUSE).fingerprint();
    assertThat(found).isEqualTo(open(parted, roles(), BadRows.SKIP).fingerprint());
    assertThat(found).isNotEqualTo(open(path, roles(), BadRows.SKIP).fingerprint());
  }

  @Test
  void truthValuesAsIdsAreLeftToSpark() {
    String path = write("flags", 1, "0f");
    assertThatThrownBy(() -> open(path, roles("id = large"), BadRows.REFUSE))
        .hasMessage(path + " has the id true twice in column large; ids must be unique");
  }

  @Test
  void valueThatCannotBeUsedIsNamedWithItsFileAndRow() {
    String path = write("bad", 1, "if(id = 2999, float('Infinity'), 0f)");
    assertThatThrownBy(() -> open(path, roles("weight = w"), BadRows.REFUSE).fingerprint())
        .satisfies(
            failure ->
                assertThat(UserException.of(failure).getMessage())
                    .matches(
                        "part-\\S+\\.parquet of "
                            + path
                            + ", row 2223: column x is Infinity, expected a finite number"));
  }

  @Test
  void progressCountsEveryRowOnce() {
    String path = write("progress", 2, "0f");
    List<Long> total = new ArrayList<>();
    List<LongSupplier> read = new ArrayList<>();
    ReadProgress progress =
        new ReadProgress() {
          @Override
          public void readingBegan(long rows, LongSupplier rowsRead) {
            total.add(rows);
            read.add(rowsRead);
          }
        };
    Dataset data =
        new ParquetSource(List.of(path), roles())
            .open(
                ReadContext.of(LocalSpark.context(), 2)
                    .withTargets()
                    .fittedTo(SHARE)
                    .withProgress(progress));
    assertThat(total).containsExactly((long) ROWS);
    assertThat(read.get(0).getAsLong()).isZero();
    data.fingerprint();
    assertThat(read.get(0).getAsLong()).isEqualTo(ROWS);
  }
}
