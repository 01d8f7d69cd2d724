package io.meanfield.bench;

import com.sun.management.OperatingSystemMXBean;
import io.meanfield.data.Dataset;
import io.meanfield.data.Split;
import io.meanfield.data.TrainingShare;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.data.shard.Sharding;
import io.meanfield.data.shard.TestSharding;
import io.meanfield.data.source.ReadContext;
import io.meanfield.pipeline.settings.JobSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * Measures the loading of a Parquet table of {@value #WIDTH} columns of floats and a label, and its
 * parts: opening with the statistics of the preprocessing, reading with the fingerprint, and
 * distributing to two workers; on two cores.
 */
public final class LoadingBenchmark {
  private static final int WIDTH = 32;
  private static final int CORES = 2;
  private static final int PARTS = 8;
  private static final int CLASSES = 2;

  private LoadingBenchmark() {}

  /**
   * Takes the number of rows (default 8,000,000), the number of turns (default 3) and {@code id} if
   * a column in random order contains the ids.
   */
  public static void main(String[] args) {
    long rows = args.length > 0 ? Long.parseLong(args[0]) : 8_000_000;
    int turns = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    Optional<String> id = args.length > 2 ? Optional.of(args[2]) : Optional.empty();
    try (SparkSession spark = session()) {
      Path table = table(spark, rows);
      for (int turn = 1; turn <= turns; turn++) {
        System.out.printf(Locale.ROOT, "%nturn %d, %,d rows of %d floats%n", turn, rows, WIDTH);
        System.out.printf(Locale.ROOT, "%-24s %9s %9s %12s%n", "", "wall s", "cpu s", "rows/cpu s");
        load(spark, table, rows, id);
      }
      System.out.printf("%n%s%n", Machine.description());
    }
  }

  private static SparkSession session() {
    return SparkSession.builder()
        .master("local[" + CORES + "]")
        .appName("loading")
        .config("spark.ui.enabled", false)
        .getOrCreate();
  }

  /** Writes the table unless it is there. */
  private static Path table(SparkSession spark, long rows) {
    Path folder = Path.of("bench/target/loading-" + rows).toAbsolutePath();
    if (!Files.exists(folder.resolve("_SUCCESS"))) {
      Column[] columns =
          IntStream.range(0, WIDTH + 2)
              .mapToObj(
                  i ->
                      switch (i) {
                        case WIDTH -> functions.expr("cast(id % 2 as int)").as("label");
                        case WIDTH + 1 -> functions.expr("id * 7919 % 1000000007").as("id");
                        default -> functions.rand(i).cast("float").as("x" + i);
                      })
              .toArray(Column[]::new);
      spark.range(0, rows, 1, PARTS).select(columns).write().parquet(folder.toString());
    }
    return folder;
  }

  private static void load(SparkSession spark, Path table, long rows, Optional<String> id) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    JobSettings settings = settings(table, id);
    double fraction = settings.data().validationFraction().orElseThrow(); // as set below
    ReadContext reading =
        ReadContext.of(context, CLASSES)
            .withTargets()
            .fittedTo(new TrainingShare(fraction, 0, settings.seed()));
    Clock all = new Clock();
    Dataset data = timed("open", rows, () -> settings.data().train().open(reading));
    data.blocks().persist(StorageLevel.MEMORY_AND_DISK()); // as train does
    String fingerprint = timed("read and fingerprint", rows, data::fingerprint);
    Split split = Split.of(rows, fraction, CORES, settings.seed());
    Sharding sharding = TestSharding.of(data, split, CORES);
    JavaRDD<ShardGroup> training = sharding.training();
    JavaRDD<ShardGroup> validation = sharding.validation();
    timed("distribute", rows, () -> filled(training) + filled(validation));
    all.print("all", rows);
    System.out.println(fingerprint);
    data.release();
    training.unpersist(true);
    validation.unpersist(true);
  }

  /** Returns the settings with which {@code train} reads the table. */
  private static JobSettings settings(Path table, Optional<String> id) {
    return MnistWorkload.settings(
        "data.format=parquet",
        "data.train.path=\"" + table + "\"",
        "data.columns.label=label",
        id.map(column -> "data.columns.id=" + column).orElse("data.columns.exclude=[id]"),
        "data.validation-fraction=0.1");
  }

  private static long filled(JavaRDD<ShardGroup> shards) {
    return shards.map(ShardGroup::cached).count();
  }

  private static <T> T timed(String part, long rows, Supplier<T> work) {
    Clock clock = new Clock();
    T result = work.get();
    clock.print(part, rows);
    return result;
  }

  /** Wall time, and the processor time of all threads. */
  private record Clock(long wall, long processor) {
    Clock() {
      this(System.nanoTime(), processorNanos());
    }

    private static long processorNanos() {
      return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    void print(String part, long rows) {
      double seconds = (System.nanoTime() - wall) / 1e9;
      double processorSeconds = (processorNanos() - processor) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "%-24s %9.2f %9.2f %,12.0f%n",
          part,
          seconds,
          processorSeconds,
          rows / processorSeconds);
    }
  }
}
