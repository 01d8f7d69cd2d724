package io.meanfield.data.frame;

import io.meanfield.data.Dataset;
import io.meanfield.data.DatasetMetadata;
import io.meanfield.data.Examples;
import io.meanfield.data.Segments;
import io.meanfield.data.Split;
import io.meanfield.data.column.ColumnScaling;
import io.meanfield.data.column.ColumnUse;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.PreprocessingSettings;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.TableFindings;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.table.EncoderFitter;
import io.meanfield.data.table.TableSchema;
import io.meanfield.data.table.TableStatistics;
import io.meanfield.data.table.TextColumn;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.util.LongAccumulator;

/**
 * Opens a table as one data set; driver only. Spark reads the table once and shuffles its rows.
 * Everything else reads the shuffled rows: what their texts mean, and their order, which numbers
 * them.
 */
final class FrameReader {

  private final Table table;
  private final ReadContext context;
  private final ColumnRoles roles;
  private final TableDecision decision;
  private final TableSchema schema;
  private final Optional<Segments> known;

  private FrameReader(
      Table table, ColumnRoles roles, ReadContext context, Optional<Segments> known) {
    this.known = known;
    this.table = table.withKnownVectors(context.encoder());
    this.context = context;
    this.roles = roles;
    this.decision = TableDecision.of(this.table, roles, context);
    this.schema = decision.schema();
  }

  /**
   * Opens a table whose rows are numbered in the order of their ids or, without them, of their
   * content.
   *
   * @throws UserException if a column is missing or has a wrong type, or if rows cannot be used
   */
  static Dataset open(Table table, ColumnRoles roles, ReadContext context) {
    return new FrameReader(table, roles, context, Optional.empty())
        .open(roles.id().map(Table::keyOfId));
  }

  /**
   * Opens a table whose rows are numbered in the order of a key.
   *
   * @param segments between which the rows are divided; empty if they are divided at random
   */
  static Dataset openNumbered(
      Table table,
      ColumnRoles roles,
      ReadContext context,
      Column key,
      Optional<Segments> segments) {
    return new FrameReader(table, roles, context, segments).open(Optional.of(key));
  }

  private Dataset open(Optional<Column> key) {
    FrameColumns.requireTypes(schema, table);
    ShuffledRows shuffled =
        ShuffledRows.of(
            table,
            FrameColumns.selected(schema, table),
            FrameColumns.kept(context.kept(), table),
            key);
    FrameScan scan = scan(shuffled);
    DecidedColumns decided = decision.of(scan);
    TableEncoder typed = context.encoder().orElseGet(() -> typed(decided));
    FrameColumns columns =
        FrameColumns.of(
            decided.schema(), typed.columns(), table, name -> decision.length(name, scan));
    RowValues values =
        new RowValues(
            columns,
            typed,
            RowValues.Place.of(table),
            decision.keepsNa(scan),
            decision.dividing(scan, typed));
    RowCheck check =
        new RowCheck(
            values,
            context.encoder().isPresent(),
            context.skipsBadRows() && context.encoder().isEmpty() && scan.hasNumberedLabels(),
            context.classes());
    SortedRows sorted =
        SortedRows.of(
            shuffled, scan, decided.order(shuffled.kinds().length), blockSize(columns), check);
    RowsSummary summary =
        sorted.check(
            scan.rows(),
            needsStatistics(typed, decided) && schema.dividing().isEmpty()
                ? training(scan.rows(), known)
                : Optional.empty());
    summary.requireUsable(context.skipsBadRows(), table.display());
    return dataset(values, summary, sorted.usable(summary), decided);
  }

  private boolean needsStatistics(TableEncoder typed, DecidedColumns decided) {
    return !schema.targets().isEmpty()
        || (context.encoder().isEmpty()
            && EncoderFitter.needsStatistics(typed, !decided.schema().categorical().isEmpty()));
  }

  private static int blockSize(FrameColumns columns) {
    int width = Math.max(1, columns.features().width());
    return Dataset.blockSize(columns.features().images() ? width : (long) width * Float.BYTES);
  }

  private FrameScan scan(ShuffledRows shuffled) {
    FrameScan scan = shuffled.scan(layout());
    if (scan.rows() == 0) {
      throw UserException.of(ErrorCode.DATA_UNREADABLE, "%s has no rows", table.display());
    }
    return scan;
  }

  private FrameScan.Layout layout() {
    boolean areRead = context.skipsBadRows() && !schema.label().isEmpty();
    return new FrameScan.Layout(
        decision.facts(),
        areRead ? List.of(schema.labelIndex()) : List.of(),
        table.malformed().stream().map(column -> schema.width()).toList());
  }

  /** Returns an encoder with the types of the features, but without vocabularies. */
  private TableEncoder typed(DecidedColumns decided) {
    return new TableEncoder(
        decided.numeric().stream().map(this::feature).toList(),
        List.of(),
        roles.handleUnknown(),
        List.of(),
        List.of(),
        decided.forms());
  }

  private FeatureColumn feature(ColumnUse use) {
    PreprocessingSettings settings = roles.preprocessing();
    String column = use.column();
    ValueType type = context.fitting().isPresent() ? use.type() : ValueType.FLOAT;
    boolean isPlain =
        type == ValueType.FLOAT || (type == ValueType.NUMBER && settings.isPlain(column));
    List<Double> fill = settings.refusesMissing(column) ? List.of() : List.of(Double.NaN);
    return isPlain
        ? FeatureColumn.plain(column)
        : FeatureColumn.number(column, type, false, ColumnScaling.NONE, fill, false);
  }

  private Dataset dataset(
      RowValues values, RowsSummary summary, SortedRows rows, DecidedColumns decided) {
    Optional<Segments> segments = rows.segments(summary).or(() -> known);
    Optional<TableStatistics> statistics =
        needsStatistics(values.typed(), decided)
            ? summary
                .statistics()
                .or(() -> training(summary.used(), segments).map(rows::statistics))
            : Optional.empty();
    List<TextColumn> texts =
        context.encoder().isPresent() || decided.schema().texts().isEmpty()
            ? List.of()
            : training(summary.used(), segments).stream()
                .flatMap(split -> texts(decided.schema(), rows, split))
                .toList();
    TableEncoder encoder =
        context.encoder().orElseGet(() -> fitted(values, summary, statistics, texts));
    LongAccumulator read = context.spark().sc().longAccumulator("rows read");
    context.progress().readingBegan(summary.used(), read::value);
    RowReader reader = RowReader.of(values, encoder, context.classes());
    Dataset data = dataset(reader, summary.used(), counted(rows.blocks(reader), read), segments);
    TableEncoder unscaled = encoder.unscaled();
    RowReader numbers = RowReader.of(values, unscaled, context.classes());
    Dataset both =
        encoder.isUnscaled()
            ? data
            : data.withUnscaled(dataset(numbers, summary.used(), rows.blocks(numbers), segments));
    return (context.kept().names().isEmpty()
            ? both
            : both.keeping(rows.texts(context.kept().names().size())))
        .withFindings(
            new TableFindings(
                summary.skipped(),
                summary.unknown(encoder),
                summary.classes(encoder),
                statistics.map(TableStatistics::targets).orElse(List.of()),
                values.columns().features().widths(),
                context.encoder().isPresent() ? List.of() : decided.uses()));
  }

  private Dataset dataset(
      RowReader reader, long count, JavaRDD<Examples> blocks, Optional<Segments> segments) {
    FrameColumns columns = reader.values().columns();
    return new Dataset(
        new DatasetMetadata(
            count,
            List.of(reader.width()),
            columns.features().images(),
            columns.schema().targetKind(),
            schema.isWeighted(),
            Optional.of(reader.encoder()),
            table.display(),
            segments),
        blocks);
  }

  private static JavaRDD<Examples> counted(JavaRDD<Examples> blocks, LongAccumulator read) {
    return blocks.map(
        block -> {
          read.add(block.count());
          return block;
        });
  }

  /** Returns the split of a number of rows that chooses the training rows. */
  private Optional<Split> training(long count, Optional<Segments> segments) {
    // The number of workers divides the training examples; it does not choose them.
    return context.fitting().map(share -> Split.of(count, segments, share, 1, table.display()));
  }

  private static Stream<TextColumn> texts(TableSchema schema, SortedRows rows, Split split) {
    return IntStream.range(0, schema.categorical().size())
        .filter(schema::isText)
        .mapToObj(i -> TextColumns.of(schema.categorical().get(i), rows.trainingTexts(split, i)));
  }

  private TableEncoder fitted(
      RowValues values,
      RowsSummary summary,
      Optional<TableStatistics> statistics,
      List<TextColumn> texts) {
    TableEncoder unfitted =
        EncoderFitter.unfitted(
            values.typed(),
            values.columns().schema(),
            summary.categories(),
            summary.labels(),
            context.classes(),
            table.display());
    return context.fitting().isPresent()
        ? EncoderFitter.fit(roles.preprocessing(), unfitted, statistics, texts)
        : unfitted;
  }
}
