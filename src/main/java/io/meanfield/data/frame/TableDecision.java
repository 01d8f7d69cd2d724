package io.meanfield.data.frame;

import io.meanfield.data.column.ColumnFacts;
import io.meanfield.data.column.ColumnRules;
import io.meanfield.data.column.ColumnUse;
import io.meanfield.data.column.ColumnUse.Role;
import io.meanfield.data.column.TableColumn.Kind;
import io.meanfield.data.column.TextForm;
import io.meanfield.data.column.TextSettings;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.encoding.DividingColumn;
import io.meanfield.data.encoding.DividingColumn.By;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.table.TableSchema;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructType;

/**
 * Decides what the columns of a table are for: settings first, then a model's encoder, then the
 * rule for columns; driver only.
 *
 * @param schema of the columns that are read, of which the rule may leave some out
 * @param unusable the columns whose type is no feature
 * @param looked the columns whose values are looked at: features without a known use, other texts,
 *     and arrays
 */
record TableDecision(
    Table table,
    ColumnRoles roles,
    ReadContext context,
    TableSchema schema,
    List<String> unusable,
    LookedColumns looked) {
  private static final String TIMES = "dates, timestamps or numbers";

  /**
   * Prepares the decision.
   *
   * @throws UserException if the table lacks a column, or has none of a type of features
   */
  static TableDecision of(Table table, ColumnRoles roles, ReadContext context) {
    StructType types = table.frame().schema();
    boolean isDecided = isDecided(roles, context);
    TableSchema known = TableSchema.of(roles, table.columns(), context, table.display());
    TableSchema wanted =
        context.encoder().isPresent()
            ? known.asTrained(roles, table.columns(), name -> mayBeCategory(kind(types, name)))
            : known;
    List<String> unusable =
        roles.features().isPresent()
            ? List.of()
            : wanted.features().stream()
                .filter(name -> kind(types, name) == Kind.OTHER && !isOfModel(context, name))
                .toList();
    TableSchema schema = wanted.without(unusable);
    schema.requireFeatures(table.columns(), table.display());
    LookedColumns looked = new LookedColumns(types, roles.preprocessing().texts().dates());
    Stream.of(schema.features(), schema.targets(), schema.label())
        .flatMap(List::stream)
        .filter(
            name ->
                ColumnTypes.isSeveral(types.apply(name).dataType())
                    || (context.encoder().isEmpty() && kind(types, name) == Kind.TEXT)
                    || (!isDecided && schema.isFeature(name)))
        .forEach(name -> looked.add(name, schema.indexOf(name), false));
    schema.dividing().stream()
        .filter(column -> column.by() == By.TIME)
        .map(DividingColumn::name)
        .forEach(
            name -> {
              requireTime(table, name, kind(types, name));
              looked.addMissing(name, schema.dividingIndex());
            });
    return new TableDecision(table, roles, context, schema, unusable, looked);
  }

  // Spark selects these values in the same way whether they are features or categories.
  private static boolean mayBeCategory(Kind kind) {
    return switch (kind) {
      case TEXT, TEXTS, WHOLE -> true;
      case NUMBER, TRUTH, DATE, TIMESTAMP, NUMBERS, BYTES, OTHER -> false;
    };
  }

  private static boolean isOfModel(ReadContext context, String column) {
    return context.encoder().stream().anyMatch(encoder -> encoder.features().contains(column));
  }

  private static void requireTime(Table table, String column, Kind kind) {
    switch (kind) {
      case TEXT, WHOLE, NUMBER, DATE, TIMESTAMP -> {}
      default ->
          throw ColumnTypes.wrong(
              column,
              table.frame().schema().apply(column).dataType(),
              table.display(),
              TIMES + ", because data.columns.time names the column");
    }
  }

  /**
   * Returns what divides the rows; empty if they are divided at random.
   *
   * @param typed an encoder with the types of the features, and the forms of their texts
   * @throws UserException if the values are no times, or may be different ones
   */
  List<DividingKey> dividing(FrameScan scan, TableEncoder typed) {
    return schema.dividing().stream()
        .map(
            column ->
                column.by() == By.GROUP
                    ? new DividingKey(column, ValueType.FLOAT, TextForm.PLAIN)
                    : timeOfFeature(column, typed).orElseGet(() -> time(column, scan)))
        .toList();
  }

  private static Optional<DividingKey> timeOfFeature(DividingColumn column, TableEncoder typed) {
    return typed.columns().stream()
        .filter(rule -> rule.column().equals(column.name()) && rule.type().isTime())
        .map(rule -> new DividingKey(column, rule.type(), typed.formOf(rule.column())))
        .findFirst();
  }

  // By its own values alone: those of a model's features are not looked at again.
  private DividingKey time(DividingColumn column, FrameScan scan) {
    TextSettings texts = roles.preprocessing().texts();
    ColumnUse use =
        ColumnRules.uses(List.of(looked.column(column.name(), true, scan)), texts).get(0);
    boolean isTime =
        use.isNumeric()
            && use.type() != ValueType.BOOLEAN
            && !use.form().equals(TextForm.TIME_OF_DAY);
    if (!isTime) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s: column %s, which data.columns.time names, has %s%s",
          table.display(),
          column.name(),
          use.reason(),
          use.remedy().isEmpty() ? "; expected " + TIMES : "");
    }
    return new DividingKey(column, use.type(), use.form());
  }

  /** Returns whether settings or an encoder name all features. */
  private static boolean isDecided(ColumnRoles roles, ReadContext context) {
    return context.encoder().isPresent() || roles.features().isPresent();
  }

  private static Kind kind(StructType types, String column) {
    return ColumnTypes.kind(types.apply(column));
  }

  /** Returns what the scan of the rows looks at. */
  List<FactsOf> facts() {
    return looked.facts();
  }

  /** Returns the length of the arrays of a column; empty if none has numbers. */
  Optional<Integer> length(String column, FrameScan scan) {
    return looked.facts(column, scan).length().stream().boxed().findFirst();
  }

  /** Returns whether NA is a label. */
  boolean keepsNa(FrameScan scan) {
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

  /**
   * Returns what the columns are for.
   *
   * @throws UserException if settings name a column that cannot be used, or if there is no feature
   */
  DecidedColumns of(FrameScan scan) {
    if (context.encoder().isPresent()) {
      return DecidedColumns.ofModel(schema, context.encoder().get());
    }
    Stream<ColumnUse> named =
        schema.categorical().stream()
            .map(
                name ->
                    schema.texts().contains(name)
                        ? ColumnUse.text(name, "named in data.columns.text")
                        : ColumnUse.named(name, "named in data.columns.categorical"));
    boolean isDecided = isDecided(roles, context);
    int features = schema.features().size();
    int all = features + schema.targets().size();
    List<ColumnUse> uses =
        ColumnRules.uses(
            Stream.of(schema.features(), schema.targets(), unusable)
                .flatMap(List::stream)
                .map(name -> looked.column(name, isDecided || !isOpen(name), scan))
                .toList(),
            roles.preprocessing().texts());
    uses.subList(isDecided ? 0 : features, all).forEach(this::requireUsable);
    DecidedColumns decided =
        new DecidedColumns(
            schema,
            uses.subList(0, features),
            uses.subList(features, all),
            Stream.of(named, uses.stream().skip(all), unnamed())
                .flatMap(others -> others)
                .toList());
    requireFeatures(decided);
    return decided;
  }

  /** Returns the uses of the columns that settings neither name nor mean. */
  private Stream<ColumnUse> unnamed() {
    Set<String> others = new HashSet<>(unusable);
    Stream.of(schema.features(), schema.categorical(), roles.targets()).forEach(others::addAll);
    Stream.of(roles.id(), roles.weight(), roles.label())
        .forEach(role -> role.ifPresent(others::add));
    roles.row().dividing().ifPresent(column -> others.add(column.name()));
    String other =
        roles.features().isPresent()
            ? "not named in data.columns"
            : "excluded by data.columns.exclude";
    return table.columns().stream()
        .filter(name -> !others.contains(name))
        .map(name -> ColumnUse.leftOut(name, roles.exclude().reason(name).orElse(other)));
  }

  /** Returns whether the rule decides what a column is for. */
  private boolean isOpen(String column) {
    return schema.isFeature(column) || unusable.contains(column);
  }

  private void requireFeatures(DecidedColumns decided) {
    TableSchema used = decided.schema();
    if (used.features().isEmpty() && used.categorical().isEmpty()) {
      throw UserException.of(
          ErrorCode.DATA_UNREADABLE,
          "%s has no column that a network can use: %s",
          table.display(),
          ColumnUse.explained(decided.uses()));
    }
  }

  /** Throws if a column that settings name has values that may mean two things, or none. */
  private void requireUsable(ColumnUse use) {
    boolean isTarget = schema.targets().contains(use.column());
    if (use.role() == Role.LEFT_OUT
        || (isTarget && (use.role() == Role.CATEGORY || use.role() == Role.TEXT))) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s: column %s, which data.columns.%s names, has %s%s",
          table.display(),
          use.column(),
          isTarget ? "targets" : "features",
          use.reason(),
          use.remedy().isEmpty() ? remedy(isTarget) : "");
    }
  }

  private static String remedy(boolean isTarget) {
    return isTarget
        ? "; expected numbers"
        : "; name it in data.columns.categorical if its values are categories, in data.columns.text"
            + " if they have words, or leave it out";
  }
}
