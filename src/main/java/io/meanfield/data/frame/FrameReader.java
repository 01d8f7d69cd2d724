package io.meanfield.data.frame;

import io.meanfield.data.Dataset;
import io.meanfield.data.DatasetMetadata;
import io.meanfield.data.Examples;
import io.meanfield.data.Split;
import io.meanfield.data.column.ColumnFacts;
import io.meanfield.data.column.ColumnScaling;
import io.meanfield.data.column.ColumnUse;
import io.meanfield.data.column.ColumnUse.Role;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.PreprocessingSettings;
import io.meanfield.data.column.TableColumn;
import io.meanfield.data.column.TableColumn.Kind;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.TableFindings;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.table.EncoderFitter;
import io.meanfield.data.table.TableSchema;
import io.meanfield.data.table.TableStatistics;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
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
  private final TableSchema schema;
  private final List<String> unusable;
  private final LookedColumns looked;

  private FrameReader(Table table, ColumnRoles roles, ReadContext context) {
    this.table = table;
    this.context = context;
    this.roles = roles;
    TableSchema wanted = TableSchema.of(roles, table.columns(), context, table.display());
    this.unusable =
        isDecided()
            ? List.of()
            : wanted.features().stream().filter(name -> kind(name) == Kind.OTHER).toList();
    this.schema = wanted.without(unusable);
    schema.requireFeatures(table.columns(), table.display());
    this.looked = looked();
  }

  /** Returns whether settings or an encoder name all features. */
  private boolean isDecided() {
    return context.encoder().isPresent() || roles.features().isPresent();
  }

  private DataType type(String column) {
    return table.frame().schema().apply(column).dataType();
  }

  private Kind kind(String column) {
    return ColumnTypes.kind(type(column));
  }

  /**
   * Opens a table whose rows are numbered in the order of their ids or, without them, of their
   * content.
   *
   * @throws UserException if a column is missing or has a wrong type, or if rows cannot be used
   */
  static Dataset open(Table table, ColumnRoles roles, ReadContext context) {
    return open(table, roles, context, roles.id().map(Table::keyOfId));
  }

  /**
   * Opens a table whose rows are numbered in the order of a key; without one, in that of their
   * content.
   */
  static Dataset open(Table table, ColumnRoles roles, ReadContext context, Optional<Column> key) {
    return new FrameReader(table, roles, context).open(key);
  }

  private Dataset open(Optional<Column> key) {
    FrameColumns.requireTypes(schema, table);
    ShuffledRows shuffled = ShuffledRows.of(table, FrameColumns.selected(schema, table), key);
    FrameScan scan = scan(shuffled);
    DecidedColumns decided = decided(scan);
    TableEncoder typed = context.encoder().orElseGet(() -> typed(decided));
    FrameColumns columns = FrameColumns.of(decided.schema(), typed.columns(), table, scan::length);
    RowValues values = new RowValues(columns, typed, RowValues.Place.of(table), keepsNa(scan));
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
        sorted.check(needsStatistics(typed, decided) ? training(scan.rows()) : Optional.empty());
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
    Map<String, Integer> arrays = new HashMap<>();
    addArrays(schema.features(), 0, arrays);
    addArrays(schema.targets(), schema.firstTarget(), arrays);
    boolean areRead = context.skipsBadRows() && !schema.label().isEmpty();
    return new FrameScan.Layout(
        looked.facts(),
        arrays,
        areRead ? List.of(schema.labelIndex()) : List.of(),
        table.malformed().stream().map(column -> schema.width()).toList());
  }

  private void addArrays(List<String> columns, int first, Map<String, Integer> arrays) {
    for (int i = 0; i < columns.size(); i++) {
      if (ColumnTypes.isSeveral(type(columns.get(i)))) {
        arrays.put(columns.get(i), first + i);
      }
    }
  }

  /** Returns the columns that are looked at: features without a known use, and other texts. */
  private LookedColumns looked() {
    LookedColumns columns =
        new LookedColumns(table.frame().schema(), roles.preprocessing().texts().dates());
    if (context.encoder().isEmpty()) {
      Stream.of(schema.features(), schema.targets(), schema.label())
          .flatMap(List::stream)
          .filter(name -> kind(name) == Kind.TEXT || (!isDecided() && isFeature(name)))
          .forEach(name -> columns.add(name, schema.indexOf(name), false));
    }
    return columns;
  }

  private boolean isFeature(String column) {
    return schema.indexOf(column) < schema.firstCategorical();
  }

  private boolean keepsNa(FrameScan scan) {
    return context
        .encoder()
        .map(
            encoder ->
                encoder.labels().stream().anyMatch(each -> each.has(ColumnFacts.NOT_AVAILABLE)))
        .orElseGet(
            () ->
                schema.label().stream()
                    .anyMatch(label -> looked.facts(label, scan).areCountries()));
  }

  /** Decides what the columns are for. */
  private DecidedColumns decided(FrameScan scan) {
    if (context.encoder().isPresent()) {
      return DecidedColumns.known(schema);
    }
    List<TableColumn> columns =
        Stream.concat(schema.features().stream(), schema.targets().stream())
            .map(name -> looked.column(name, isDecided() || !isFeature(name), scan))
            .toList();
    List<ColumnUse> uses = ColumnUse.of(columns, roles.preprocessing().texts());
    int features = schema.features().size();
    uses.stream().skip(isDecided() ? 0 : features).forEach(this::requireUsable);
    DecidedColumns decided =
        new DecidedColumns(schema, uses.subList(0, features), uses.subList(features, uses.size()));
    requireFeatures(decided);
    return decided;
  }

  private void requireFeatures(DecidedColumns decided) {
    TableSchema used = decided.schema();
    if (used.features().isEmpty() && used.categorical().isEmpty()) {
      throw UserException.of(
          ErrorCode.DATA_UNREADABLE,
          "%s has no column that a network can use: %s",
          table.display(),
          uses(decided).stream()
              .map(use -> use.column() + " (" + use.reason() + ")")
              .collect(Collectors.joining(", ")));
    }
  }

  /** Throws if a column that settings name has values that may mean two things, or none. */
  private void requireUsable(ColumnUse use) {
    boolean isTarget = schema.targets().contains(use.column());
    if (use.role() == Role.LEFT_OUT || (isTarget && use.role() == Role.CATEGORY)) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s: column %s, which data.columns.%s names, has %s%s",
          table.display(),
          use.column(),
          isTarget ? "targets" : "features",
          use.reason(),
          use.reason().contains("data.columns")
              ? ""
              : isTarget
                  ? "; expected numbers"
                  : "; name it in data.columns.categorical if its values are categories, or leave"
                      + " it out");
    }
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
    Optional<TableStatistics> statistics =
        needsStatistics(values.typed(), decided)
            ? summary.statistics().or(() -> training(summary.used()).map(rows::statistics))
            : Optional.empty();
    TableEncoder encoder = context.encoder().orElseGet(() -> fitted(values, summary, statistics));
    LongAccumulator read = context.spark().sc().longAccumulator("rows read");
    context.progress().readingBegan(summary.used(), read::value);
    RowReader reader = RowReader.of(values, encoder, context.classes());
    Dataset data = dataset(reader, summary.used(), counted(rows.blocks(reader), read));
    TableEncoder unscaled = encoder.unscaled();
    RowReader numbers = RowReader.of(values, unscaled, context.classes());
    return (encoder.equals(unscaled)
            ? data
            : data.withUnscaled(dataset(numbers, summary.used(), rows.blocks(numbers))))
        .withFindings(
            new TableFindings(
                summary.skipped(),
                summary.unknown(encoder),
                summary.classes(encoder),
                statistics.map(TableStatistics::targets).orElse(List.of()),
                uses(decided)));
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

  /**
   * Returns the uses of all columns that could be features; none if a model's encoder tells them.
   */
  private List<ColumnUse> uses(DecidedColumns decided) {
    if (context.encoder().isPresent()) {
      return List.of();
    }
    Stream<ColumnUse> wrong =
        ColumnUse.of(
            unusable.stream()
                .map(
                    name ->
                        new TableColumn(
                            name,
                            Kind.OTHER,
                            type(name).simpleString(),
                            new ColumnFacts(List.of()),
                            false))
                .toList(),
            roles.preprocessing().texts())
            .stream();
    Stream<ColumnUse> named =
        schema.categorical().stream()
            .map(name -> ColumnUse.named(name, "named in data.columns.categorical"));
    List<ColumnUse> uses =
        Stream.of(decided.features().stream(), named, wrong).flatMap(found -> found).toList();
    return context.encoder().isPresent()
        ? uses
        : Stream.concat(uses.stream(), unnamed(uses)).toList();
  }

  /** Returns the uses of the columns that settings neither name nor mean. */
  private Stream<ColumnUse> unnamed(List<ColumnUse> uses) {
    Set<String> others = uses.stream().map(ColumnUse::column).collect(Collectors.toSet());
    Stream.of(roles.id(), roles.weight(), roles.label())
        .forEach(role -> role.ifPresent(others::add));
    others.addAll(roles.targets());
    String reason =
        roles.features().isPresent()
            ? "not named in data.columns"
            : "excluded by data.columns.exclude";
    return table.columns().stream()
        .filter(name -> !others.contains(name))
        .map(name -> ColumnUse.leftOut(name, reason));
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

  private TableEncoder fitted(
      RowValues values, RowsSummary summary, Optional<TableStatistics> statistics) {
    TableEncoder unfitted =
        EncoderFitter.unfitted(
            values.typed(),
            values.columns().schema(),
            summary.categories(),
            summary.labels(),
            context.classes(),
            table.display());
    return context.fitting().isPresent()
        ? EncoderFitter.fit(roles.preprocessing(), unfitted, statistics)
        : unfitted;
  }
}
