package io.meanfield.data.frame;

import io.meanfield.data.ColumnRoles;
import io.meanfield.data.Dataset;
import io.meanfield.data.DatasetMetadata;
import io.meanfield.data.Examples;
import io.meanfield.data.SkippedRow;
import io.meanfield.data.Split;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.PreprocessingSettings;
import io.meanfield.data.column.Scaling;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.table.EncoderFitter;
import io.meanfield.data.table.TableSchema;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.util.LongAccumulator;

/**
 * Opens a table as one data set; driver only. Spark reads the table once to learn what its texts
 * mean, and once to sort its rows, which numbers them. Everything else reads the sorted rows.
 */
final class FrameReader {
  private static final int SHOWN_PROBLEMS = 5;

  private final Table table;
  private final ReadContext context;
  private final ColumnRoles roles;
  private final TableSchema schema;
  private final List<String> texts;

  private FrameReader(Table table, ColumnRoles roles, ReadContext context) {
    this.table = table;
    this.context = context;
    this.roles = roles;
    this.schema = TableSchema.of(roles, table.columns(), context, table.display());
    this.texts =
        schema.features().stream()
            .filter(column -> table.frame().schema().apply(column).dataType() instanceof StringType)
            .toList();
  }

  /**
   * Opens a table whose rows are numbered in the order of their ids or, without them, of their
   * content.
   *
   * @throws UserException if a column is missing or has a wrong type, or if rows cannot be used
   */
  static Dataset open(Table table, ColumnRoles roles, ReadContext context) {
    Column key =
        roles.id().map(RowOrder::ofId).orElseGet(() -> RowOrder.contentHash(table.frame()));
    return open(table, roles, context, key);
  }

  static Dataset open(Table table, ColumnRoles roles, ReadContext context, Column key) {
    return new FrameReader(table, roles, context).open(key);
  }

  private Dataset open(Column key) {
    Optional<TextScan> scan = scan(key);
    long count = scan.map(TextScan::rows).orElseGet(() -> SortedRows.count(table.frame()));
    if (count == 0) {
      throw new UserException(ErrorCode.DATA_UNREADABLE, table.display() + " has no rows");
    }
    TableEncoder typed = context.encoder().orElseGet(() -> typed(scan));
    FrameColumns columns =
        FrameColumns.of(
            schema, typed.columns(), table, ArrayLengths.of(table.frame(), context.skipsBadRows()));
    RowValues values = new RowValues(columns, typed, RowValues.Place.of(table, dateFormat()));
    RowCheck check =
        new RowCheck(
            values,
            context.encoder().isPresent(),
            context.skipsBadRows() && scan.map(TextScan::hasNumberedLabels).orElse(false),
            context.classes());
    SortedRows sorted =
        SortedRows.of(
            table,
            columns.selected(table, dateFormat()),
            key,
            count,
            scan.map(TextScan::ranges),
            blockSize(columns),
            check);
    boolean isFitted =
        context.encoder().isEmpty()
            && EncoderFitter.needsStatistics(typed, !schema.categorical().isEmpty());
    SortedRows.Checked checked = sorted.check(isFitted ? training(count) : Optional.empty());
    requireUsable(checked.summary());
    return dataset(values, checked, sorted.usable(checked.summary()));
  }

  private Optional<String> dateFormat() {
    return roles.preprocessing().dates().format();
  }

  private static int blockSize(FrameColumns columns) {
    int width = Math.max(1, columns.features().width());
    return Dataset.blockSize(columns.features().images() ? width : (long) width * Float.BYTES);
  }

  /** Reads the texts that the encoder of a model does not explain. */
  private Optional<TextScan> scan(Column key) {
    Optional<String> label =
        context.skipsBadRows() ? schema.label().stream().findFirst() : Optional.empty();
    if (context.encoder().isPresent() || (texts.isEmpty() && label.isEmpty())) {
      return Optional.empty();
    }
    TextScan scan = TextScan.of(table, texts, label, dateFormat(), key);
    scan.requireNoText(texts, table.display());
    return Optional.of(scan);
  }

  /** Returns an encoder with the types of the features, but without vocabularies. */
  private TableEncoder typed(Optional<TextScan> scan) {
    return new TableEncoder(
        schema.features().stream().map(column -> feature(column, scan)).toList(),
        List.of(),
        roles.handleUnknown(),
        List.of(),
        List.of());
  }

  private FeatureColumn feature(String column, Optional<TextScan> scan) {
    PreprocessingSettings settings = roles.preprocessing();
    ValueType type = context.fitting().isPresent() ? type(column, scan) : ValueType.FLOAT;
    boolean isPlain =
        type == ValueType.FLOAT || (type == ValueType.NUMBER && settings.isPlain(column));
    List<Double> fill = settings.refusesMissing(column) ? List.of() : List.of(Double.NaN);
    return isPlain
        ? FeatureColumn.plain(column)
        : FeatureColumn.number(column, type, false, Scaling.NONE, fill, false);
  }

  private ValueType type(String column, Optional<TextScan> scan) {
    int text = texts.indexOf(column);
    if (text < 0) {
      return ColumnTypes.of(table.frame().schema().apply(column).dataType());
    }
    TextScan.TextColumn found = scan.orElseThrow().columns().get(text);
    if (found.isEmpty()) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          table.display()
              + " has no value in column "
              + column
              + ", expected a feature; name it in data.columns.exclude, or leave it out of"
              + " data.columns.features");
    }
    return found.type();
  }

  private void requireUsable(RowsSummary summary) {
    String display = table.display();
    if (summary.skipped().count() > 0 && !context.skipsBadRows()) {
      throw new UserException(ErrorCode.DATA_UNREADABLE, problems(summary));
    }
    if (summary.used() == 0) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          summary.skipped().count() == 0
              ? display + " has no rows"
              : "no row can be used: " + summary.skipped().text(0, display));
    }
    if (!summary.repeated().isEmpty()) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          display
              + " has the id "
              + summary.repeated().first()
              + " twice in column "
              + schema.id().get(0)
              + "; ids must be unique");
    }
  }

  private String problems(RowsSummary summary) {
    List<SkippedRow> listed = summary.skipped().listed();
    List<String> lines =
        listed.stream()
            .limit(SHOWN_PROBLEMS)
            .map(SkippedRow::text)
            .collect(Collectors.toCollection(ArrayList::new));
    long more = summary.skipped().count() - lines.size();
    if (more > 0) {
      lines.add("and " + more + " more rows of " + table.display() + " are wrong");
    }
    return String.join("\n", lines)
        + "; correct the data, or leave such rows out with data.bad-rows = skip";
  }

  private Dataset dataset(RowValues values, SortedRows.Checked checked, SortedRows rows) {
    RowsSummary summary = checked.summary();
    TableEncoder encoder = context.encoder().orElseGet(() -> fitted(values, checked, rows));
    LongAccumulator read = context.spark().sc().longAccumulator("rows read");
    context.progress().readingBegan(summary.used(), read::value);
    RowReader reader = RowReader.of(values, encoder, context.classes());
    Dataset data = dataset(reader, summary.used(), counted(rows.blocks(reader), read));
    TableEncoder unscaled = encoder.unscaled();
    RowReader numbers = RowReader.of(values, unscaled, context.classes());
    return (encoder.equals(unscaled)
            ? data
            : data.withUnscaled(dataset(numbers, summary.used(), rows.blocks(numbers))))
        .withSkipped(summary.skipped())
        .withUnknownCategories(summary.unknown(encoder));
  }

  private Dataset dataset(RowReader reader, long count, JavaRDD<Examples> blocks) {
    FrameColumns columns = reader.values().columns();
    return new Dataset(
        new DatasetMetadata(
            count,
            List.of(reader.width()),
            columns.features().images(),
            columns.schema().targetKind(),
            schema.isWeighted(),
            Optional.of(reader.encoder()),
            table.display()),
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
  private Optional<Split> training(long count) {
    // The number of workers divides the training examples; it does not choose them.
    return context.fitting().map(share -> Split.of(count, share, 1));
  }

  private TableEncoder fitted(RowValues values, SortedRows.Checked checked, SortedRows rows) {
    RowsSummary summary = checked.summary();
    TableEncoder unfitted =
        EncoderFitter.unfitted(
            values.typed(),
            schema,
            summary.categories(),
            summary.labels(),
            context.classes(),
            table.display());
    return training(summary.used())
        .map(
            split ->
                EncoderFitter.fit(
                    roles.preprocessing(),
                    unfitted,
                    () ->
                        checked.statistics().stream()
                            .findFirst()
                            .orElseGet(() -> rows.statistics(split))))
        .orElse(unfitted);
  }
}
