package io.meanfield.data.parquet;

import io.meanfield.data.ColumnRoles;
import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.IdAssigner;
import io.meanfield.data.IdIndex;
import io.meanfield.data.Source;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.Vocabulary;
import io.meanfield.data.shard.ExampleShuffle;
import io.meanfield.data.table.TableEncoderFactory;
import io.meanfield.data.table.TableSchema;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.HadoopPaths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import scala.Tuple2;

/**
 * Opens Parquet files as one data set; driver only. Spark reads them in pieces that depend on the
 * cluster, so the rows go through a shuffle into blocks that do not. The order is that of the ids
 * or, without a column of ids, that of the files' names and of the rows in them.
 */
public final class ParquetReader {
  private static final String FILE = "_metadata.file_path";
  private static final String ROW = "_metadata.row_index";

  private final JavaSparkContext spark;
  private final org.apache.spark.sql.Dataset<Row> frame;
  private final TableSchema layout;
  private final ParquetNumericColumns targets;
  private final Optional<TableEncoder> known;
  private final int classes;
  private final String shown;

  private ParquetReader(
      JavaSparkContext spark,
      org.apache.spark.sql.Dataset<Row> frame,
      TableSchema layout,
      Optional<TableEncoder> known,
      int classes,
      String shown) {
    this.spark = spark;
    this.frame = frame;
    this.targets = ParquetNumericColumns.of(layout.targets(), frame, shown);
    this.layout = layout.targets().isEmpty() ? layout : layout.withTargets(targets.width());
    this.known = known;
    this.classes = classes;
    this.shown = shown;
  }

  /**
   * Reads schema, ids and texts, and the first row.
   *
   * @throws UserException if there are no such files, or a column is missing or of a wrong type
   */
  public static Dataset open(
      JavaSparkContext spark, Source.Parquet source, int classes, Optional<TableEncoder> known) {
    String[] paths =
        source.paths().stream()
            .map(path -> HadoopPaths.resolve(path).toString())
            .toArray(String[]::new);
    String shown = String.join(", ", source.paths());
    org.apache.spark.sql.Dataset<Row> frame = frame(spark, paths, shown);
    TableSchema layout = TableSchema.of(source.columns(), List.of(frame.columns()), known, shown);
    return new ParquetReader(spark, frame, layout, known, classes, shown)
        .open(source.columns().handleUnknown());
  }

  // Spark throws a checked exception that it does not declare.
  private static org.apache.spark.sql.Dataset<Row> frame(
      JavaSparkContext spark, String[] paths, String shown) {
    try {
      return SparkSession.builder().config(spark.getConf()).getOrCreate().read().parquet(paths);
    } catch (Exception e) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          shown
              + " cannot be read as Parquet: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given")
              + "; set data.train.path and data.test.path",
          e);
    }
  }

  private Dataset open(ColumnRoles.HandleUnknown unseen) {
    ParquetNumericColumns features = ParquetNumericColumns.of(layout.features(), frame, shown);
    TableEncoder encodings = encodings(unseen);
    Map<String, Long> starts = new HashMap<>();
    long count = count(starts);
    IdAssigner ids = ids();
    Dataset.Metadata contents =
        new Dataset.Metadata(
            count,
            features.width() + encodings.categoryInputs(),
            features.images(),
            layout.targetKind(),
            Optional.of(encodings),
            shown);
    ParquetExampleReader rows =
        new ParquetExampleReader(
            layout, features, targets, encodings, ids, starts, classes, contents.width(), shown);
    JavaRDD<Examples> pieces = selected().javaRDD().mapPartitions(rows::read);
    return new Dataset(
        contents, ids.positions(), regrouped(pieces, ids.positions(), rows.blockSize(), count));
  }

  /** Counts the rows, and where those of each file begin. */
  private long count(Map<String, Long> starts) {
    List<Row> files =
        frame.groupBy(functions.col(FILE).as("file")).count().orderBy("file").collectAsList();
    long count = 0;
    for (Row file : files) {
      starts.put(file.getString(0), count);
      count += file.getLong(1);
    }
    if (count == 0) {
      throw new UserException(ErrorCode.DATA_UNREADABLE, shown + " has no rows");
    }
    return count;
  }

  private TableEncoder encodings(ColumnRoles.HandleUnknown unseen) {
    List<SortedMap<String, String>> words = new ArrayList<>();
    layout.categories().forEach(column -> words.add(categories(column)));
    SortedMap<String, String> labels =
        layout.label().isEmpty() ? new TreeMap<>() : categories(layout.label().get(0));
    return TableEncoderFactory.of(layout, words, labels, unseen, known, classes);
  }

  private SortedMap<String, String> categories(String column) {
    SortedMap<String, String> texts = new TreeMap<>();
    List<Row> distinct =
        frame
            .select(named(column).cast(DataTypes.StringType))
            .distinct()
            .limit(Vocabulary.MAX_VALUES + 1)
            .collectAsList();
    for (Row row : distinct) {
      if (row.isNullAt(0)) {
        throw new UserException(
            ErrorCode.DATA_UNREADABLE,
            shown + " has rows without a value in column " + column + ", expected one in each");
      }
      texts.put(row.getString(0), shown);
    }
    return texts;
  }

  private IdAssigner ids() {
    if (layout.id().isEmpty()) {
      return new IdAssigner.Positional();
    }
    String column = layout.id().get(0);
    requireIds(column);
    return isWhole(frame.schema().apply(column).dataType()) ? numbers(column) : texts(column);
  }

  private static boolean isWhole(DataType type) {
    return type instanceof LongType
        || type instanceof IntegerType
        || type instanceof ShortType
        || type instanceof ByteType;
  }

  private void requireIds(String column) {
    if (!frame.where(named(column).isNull()).isEmpty()) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          shown + " has rows without an id in column " + column + ", expected one in each");
    }
  }

  private IdAssigner numbers(String column) {
    List<long[]> parts =
        frame
            .select(named(column).cast(DataTypes.LongType))
            .javaRDD()
            .mapPartitions(rows -> List.<long[]>of(ParquetExampleReader.numbers(rows)).iterator())
            .collect();
    long[] all = parts.stream().flatMapToLong(Arrays::stream).toArray();
    return IdAssigner.numbers(spark, all, column, shown);
  }

  private IdAssigner texts(String column) {
    List<String[]> parts =
        frame
            .select(named(column).cast(DataTypes.StringType))
            .javaRDD()
            .mapPartitions(rows -> List.<String[]>of(ParquetExampleReader.texts(rows)).iterator())
            .collect();
    String[] all = parts.stream().flatMap(Arrays::stream).toArray(String[]::new);
    return IdAssigner.texts(spark, all, column, shown);
  }

  private org.apache.spark.sql.Dataset<Row> selected() {
    List<Column> columns = new ArrayList<>();
    columns.add(functions.col(FILE));
    columns.add(functions.col(ROW));
    layout.id().forEach(column -> columns.add(named(column).cast(DataTypes.StringType)));
    layout.features().forEach(column -> columns.add(named(column)));
    layout.categories().forEach(column -> columns.add(named(column).cast(DataTypes.StringType)));
    layout.label().forEach(column -> columns.add(named(column).cast(DataTypes.StringType)));
    layout.targets().forEach(column -> columns.add(named(column)));
    return frame.select(columns.toArray(Column[]::new));
  }

  // Back quotes: a name may hold a dot.
  static Column named(String column) {
    return functions.col("`" + column.replace("`", "``") + "`");
  }

  private static JavaRDD<Examples> regrouped(
      JavaRDD<Examples> pieces, IdIndex positions, int each, long count) {
    int blocks = Math.toIntExact((count + each - 1) / each);
    return pieces
        .flatMapToPair(
            piece ->
                ExampleShuffle.partition(
                        piece,
                        blocks,
                        (row, place) -> {
                          long position = positions.of(piece.ids()[row]);
                          place.accept((int) (position / each), (int) (position % each));
                        })
                    .iterator())
        .partitionBy(new HashPartitioner(blocks)) // an Integer's hash is its value
        .mapPartitionsWithIndex(
            (block, part) -> {
              long size = Math.min(each, count - (long) block * each);
              ExampleShuffle.ShardBuilder pile = new ExampleShuffle.ShardBuilder((int) size);
              while (part.hasNext()) {
                Tuple2<Integer, ExampleShuffle.ExampleSlice> dealt = part.next();
                pile.add(dealt._2());
              }
              return List.of(pile.complete("block " + block)).iterator();
            },
            true);
  }
}
