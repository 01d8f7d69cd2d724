package io.meanfield.data.parquet;

import io.meanfield.data.ColumnNames;
import io.meanfield.data.ColumnRoles;
import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.IdAssigner;
import io.meanfield.data.IdIndex;
import io.meanfield.data.ReadContext;
import io.meanfield.data.SkippedPositions;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.table.EncoderFitter;
import io.meanfield.data.table.StatisticsRequest;
import io.meanfield.data.table.TableEncoderFactory;
import io.meanfield.data.table.TableRules;
import io.meanfield.data.table.TableSchema;
import io.meanfield.data.table.TableStatistics;
import io.meanfield.error.UserException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;

/**
 * Opens Parquet files as one data set; driver only. Spark reads files in pieces that depend on the
 * cluster, so a shuffle regroups the rows into blocks that do not. Examples are ordered by id or,
 * without a column of ids, by file name and row.
 */
final class ParquetReader {
  private final ReadContext context;
  private final org.apache.spark.sql.Dataset<Row> frame;
  private final TableSchema schema;
  private final ColumnRoles roles;
  private final String display;
  private final Optional<Long> rows;

  private ParquetReader(
      ReadContext context,
      org.apache.spark.sql.Dataset<Row> frame,
      TableSchema schema,
      ColumnRoles roles,
      String display,
      Optional<Long> rows) {
    this.context = context;
    this.frame = frame;
    this.schema = schema;
    this.roles = roles;
    this.display = display;
    this.rows = rows;
  }

  /**
   * Opens the files: reads their schema, ids, categories and labels, and the first row.
   *
   * @throws UserException if there are no such files, or if a column is missing or has a wrong type
   */
  static Dataset open(ParquetSource source, ReadContext context) {
    String display = String.join(", ", source.paths());
    org.apache.spark.sql.Dataset<Row> frame = ParquetFiles.frame(source.paths(), context.spark());
    TableSchema schema = schema(frame, source.columns(), context, display);
    try {
      return new ParquetReader(context, frame, schema, source.columns(), display, Optional.empty())
          .open();
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      ParquetFiles.requireIntact(e, display);
      throw e;
    }
  }

  /**
   * Opens a frame whose rows have a file and an index in it.
   *
   * @param rows the number of rows; empty if Spark must count them
   * @throws UserException if a column is missing or has a wrong type
   */
  static Dataset open(
      org.apache.spark.sql.Dataset<Row> frame,
      ColumnRoles roles,
      ReadContext context,
      String display,
      Optional<Long> rows) {
    return new ParquetReader(
            context, frame, schema(frame, roles, context, display), roles, display, rows)
        .open();
  }

  /**
   * Opens a frame whose rows have a file and an index in it. The columns that are read stay cached
   * until {@link Dataset#release}.
   *
   * @throws UserException if a column is missing or has a wrong type; nothing stays cached then
   */
  static Dataset openCached(
      org.apache.spark.sql.Dataset<Row> frame,
      ColumnRoles roles,
      ReadContext context,
      String display) {
    TableSchema schema = schema(frame, roles, context, display);
    Column[] read =
        Stream.concat(schema.columns(), Stream.of(FrameSource.METADATA))
            .distinct()
            .map(ColumnNames::named)
            .toArray(Column[]::new);
    org.apache.spark.sql.Dataset<Row> cached =
        frame.select(read).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return new ParquetReader(context, cached, schema, roles, display, Optional.empty())
          .open()
          .withRowCache(cached::unpersist);
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      cached.unpersist();
      throw e;
    }
  }

  private static TableSchema schema(
      org.apache.spark.sql.Dataset<Row> frame,
      ColumnRoles roles,
      ReadContext context,
      String display) {
    List<String> columns =
        Arrays.stream(frame.columns())
            .filter(column -> !column.equals(FrameSource.METADATA))
            .toList();
    return TableSchema.of(roles, columns, context, display);
  }

  private Dataset open() {
    TableRules rules = rules();
    ParquetColumns columns = ParquetColumns.of(schema, rules, frame.schema(), lengths(), display);
    ParquetValues values = new ParquetValues(columns, rules, display);
    FileStarts starts =
        rows.map(count -> FileStarts.ofFrame(count, display))
            .orElseGet(() -> FileStarts.of(frame, display));
    UsableRows usable = usable(values, starts);
    ParquetReader reader = new ParquetReader(context, usable.frame(), schema, roles, display, rows);
    long used = starts.count() - usable.skipped().count();
    TableIds ids = reader.ids(columns, starts.byFile(), usable.positions(), used);
    try {
      return reader.open(values, ids, used).withSkipped(usable.skipped());
    } finally {
      ids.close();
    }
  }

  /**
   * Returns the ids of the rows.
   *
   * @param skipped the positions of rows that are no examples
   * @param count the number of the other rows
   */
  private TableIds ids(
      ParquetColumns columns, Map<String, Long> starts, SkippedPositions skipped, long count) {
    if (schema.id().isEmpty()) {
      IdIndex.ById positions = IdIndex.ofPositions(context.spark(), skipped);
      return TableIds.ofPositions(
          new ParquetIds(columns, new IdAssigner.Positional(positions), starts));
    }
    return new IdColumn(schema.id().get(0), frame, display).ids(columns, count);
  }

  private ArrayLengths lengths() {
    return ArrayLengths.of(context.skipsBadRows() ? TypicalLengths.rows(schema, frame) : frame);
  }

  private UsableRows usable(ParquetValues values, FileStarts starts) {
    if (!context.skipsBadRows()) {
      return UsableRows.all(frame);
    }
    ParquetIds positions =
        new ParquetIds(values.columns(), new IdAssigner.Positional(), starts.byFile());
    return UsableRows.of(
        new ParquetRowCheck(
            ParquetExampleReader.of(
                values, checkingEncoder(values.rules()), positions, context.classes())),
        frame,
        starts.count());
  }

  /** Returns an encoder that accepts the rows that can be used. */
  private TableEncoder checkingEncoder(TableRules rules) {
    TableEncoder unfitted = encoder();
    return isFitted()
        ? new EncoderFitter(
                roles.preprocessing(),
                rules,
                StatisticsRequest.of(rules, schema.categorical().size(), roles.preprocessing())
                    .start())
            .fit(unfitted)
        : unfitted;
  }

  private Dataset open(ParquetValues values, TableIds ids, long count) {
    TableEncoder encoder = fitted(encoder(), values, ids, count);
    LongAccumulator read = context.spark().sc().longAccumulator("rows read");
    context.progress().readingBegan(count, read::value);
    Dataset data = dataset(values, encoder, ids, count, Optional.of(read));
    TableEncoder unscaled = encoder.unscaled();
    return encoder.equals(unscaled)
        ? data
        : data.withUnscaled(dataset(values, unscaled, ids, count, Optional.empty()));
  }

  private Dataset dataset(
      ParquetValues values,
      TableEncoder encoder,
      TableIds ids,
      long count,
      Optional<LongAccumulator> read) {
    ParquetColumns columns = values.columns();
    ParquetExampleReader rows =
        ParquetExampleReader.of(values, encoder, ids.rows(), context.classes());
    Dataset.Metadata metadata =
        new Dataset.Metadata(
            count,
            List.of(rows.width()),
            columns.features().images(),
            columns.schema().targetKind(),
            schema.isWeighted(),
            Optional.of(encoder),
            display);
    JavaRDD<Examples> pieces =
        read.map(counter -> counted(pieces(rows), counter)).orElseGet(() -> pieces(rows));
    int size = rows.blockSize();
    IdArray firstIds = ids.firstIds(size, count);
    return new Dataset(
        metadata,
        ids.index(firstIds, size),
        ParquetBlocks.sorted(pieces, firstIds, size, count, display));
  }

  private JavaRDD<Examples> pieces(ParquetExampleReader rows) {
    return rows.values().columns().select(frame).javaRDD().mapPartitions(rows::read);
  }

  private static JavaRDD<Examples> counted(JavaRDD<Examples> pieces, LongAccumulator read) {
    return pieces.map(
        piece -> {
          read.add(piece.count());
          return piece;
        });
  }

  private TableRules rules() {
    TableRules rules = TableRules.of(schema, roles, context);
    return isFitted()
        ? rules.withTypes(
            schema.features().stream()
                .map(column -> ParquetTypes.of(frame.schema().apply(column).dataType()))
                .toList(),
            roles.preprocessing())
        : rules;
  }

  private boolean isFitted() {
    return context.encoder().isEmpty() && context.fitting().isPresent();
  }

  /** Returns the encoder of a model as it is, and a new one fitted to its training rows. */
  private TableEncoder fitted(
      TableEncoder unfitted, ParquetValues values, TableIds ids, long count) {
    if (!isFitted()) {
      return unfitted;
    }
    if (!EncoderFitter.isNeeded(values.rules(), unfitted)) {
      return EncoderFitter.withoutStatistics(roles.preprocessing(), unfitted);
    }
    TableStatistics statistics =
        new TrainingStatistics(
                values, frame, context.fitting().orElseThrow(), roles.preprocessing())
            .of(ids, count);
    return new EncoderFitter(roles.preprocessing(), values.rules(), statistics).fit(unfitted);
  }

  private TableEncoder encoder() {
    List<String> columns =
        Stream.concat(schema.categorical().stream(), schema.label().stream()).toList();
    DistinctValues distinct = new DistinctValues(frame, columns, display, context.skipsBadRows());
    boolean optional = TableRules.of(schema, roles, context).acceptsUnknown();
    List<SortedMap<String, String>> categorical =
        schema.categorical().stream().map(column -> distinct.of(column, optional)).toList();
    SortedMap<String, String> labels =
        schema.label().isEmpty() ? new TreeMap<>() : distinct.labels(schema.label().get(0));
    // A row with a value that the encoder of a model does not know is skipped.
    boolean isChecked = !context.skipsBadRows() || context.encoder().isEmpty();
    return isChecked
        ? TableEncoderFactory.of(
            schema,
            categorical,
            labels,
            roles.handleUnknown(),
            context.encoder(),
            context.classes())
        : context.encoder().orElseThrow();
  }
}
