package io.meanfield.data.table;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.TargetKind;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.encoding.DividingColumn;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.data.source.ReadContext;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import io.meanfield.settings.NearestName;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names of the columns that are read from a table. The lists {@code id}, {@code label}, {@code
 * weight} and {@code dividing} have at most one element.
 *
 * @param texts those of the categorical columns whose texts are split into words
 * @param encoded whether the encoder of a model determines the features and categorical columns
 */
@DefaultSerializer(JavaSerializer.class)
public record TableSchema(
    List<String> id,
    List<String> features,
    List<String> categorical,
    List<String> texts,
    List<String> label,
    List<String> targets,
    List<String> weight,
    List<DividingColumn> dividing,
    TargetKind targetKind,
    boolean encoded)
    implements Serializable {

  /**
   * Returns the schema of a table.
   *
   * @param all the columns of the table
   * @param display the location of the table, for messages
   * @throws UserException if a column is missing; the columns of label, targets and weight may be
   *     missing unless the context needs targets
   */
  public static TableSchema of(
      ColumnRoles roles, List<String> all, ReadContext context, String display) {
    requireUnique(all, display);
    List<String> targets = Stream.concat(roles.label().stream(), roles.targets().stream()).toList();
    boolean labelled =
        !targets.isEmpty() && (context.needsTargets() || new HashSet<>(all).containsAll(targets));
    TargetKind kind =
        roles.label().isPresent() ? TargetKind.CLASSES : TargetKind.of(roles.targets().size());
    Optional<TableEncoder> known = context.encoder();
    TableSchema schema =
        new TableSchema(
            roles.id().stream().toList(),
            known.map(TableEncoder::features).orElseGet(() -> roles.featuresAmong(all)),
            known
                .map(encoder -> encoder.categorical().stream().map(Vocabulary::column).toList())
                .orElseGet(
                    () ->
                        Stream.of(roles.categorical(), roles.texts())
                            .flatMap(List::stream)
                            .toList()),
            known.map(TableEncoder::texts).orElse(roles.texts()),
            labelled ? roles.label().stream().toList() : List.of(),
            labelled ? roles.targets() : List.of(),
            roles.weight().stream()
                .filter(column -> context.needsTargets() || all.contains(column))
                .toList(),
            roles.dividing().stream().toList(),
            labelled ? kind : kind.missing(missing(targets, all)),
            known.isPresent());
    schema.requireColumns(all, display);
    if (known.isEmpty()) {
      requireSettings(roles, all, display);
    }
    return schema;
  }

  /** Returns whether a column is a feature. */
  public boolean isFeature(String column) {
    return features.contains(column);
  }

  /** Returns whether a categorical column has texts. */
  public boolean isText(int categoricalColumn) {
    return texts.contains(categorical.get(categoricalColumn));
  }

  /** Returns the index of the first categorical column after the features. */
  public int firstCategorical() {
    return features.size();
  }

  /** Returns the index of the label, which follows; only if there is one. */
  public int labelIndex() {
    return firstCategorical() + categorical.size();
  }

  public int firstTarget() {
    return labelIndex() + label.size();
  }

  /** Returns the index of the weight; only if there is one. */
  public int weightIndex() {
    return firstTarget() + targets.size();
  }

  /** Returns the index of the id; only if there is one. */
  public int idIndex() {
    return weightIndex() + weight.size();
  }

  /** Returns the index of the column that divides the rows; only if there is one. */
  public int dividingIndex() {
    return idIndex() + id.size();
  }

  /** Returns the number of all columns. */
  public int width() {
    return dividingIndex() + dividing.size();
  }

  /** Returns whether the examples have weights. */
  public boolean isWeighted() {
    return !weight.isEmpty();
  }

  /**
   * Returns the schema of a table of which only the ids and the inputs of a model are read.
   *
   * @throws UserException if a column is missing
   */
  public static TableSchema ofInputs(
      ColumnRoles roles, List<String> all, ReadContext context, String display) {
    TableSchema schema = of(roles.undivided(), all, context, display);
    if (!schema.encoded && !schema.categorical.isEmpty()) {
      throw UserException.of(
          ErrorCode.MODEL_UNUSABLE,
          "the model has no encodings.json beside it, so it has no codes for the values of column"
              + " %s; expected the file that its training run has",
          schema.categorical.get(0));
    }
    return new TableSchema(
        schema.id,
        schema.features,
        schema.categorical,
        schema.texts,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        schema.targetKind.missing(" is not read"),
        schema.encoded);
  }

  /**
   * Throws unless a table has the columns that an option names; the message names each missing one.
   */
  public static void requirePassed(
      String option, List<String> passed, List<String> all, String display) {
    requireNone(missing(option + " = %s", passed, all, display).stream().toList());
  }

  /** Returns the same schema for target columns that contain {@code width} values together. */
  public TableSchema withTargets(int width) {
    return new TableSchema(
        id,
        features,
        categorical,
        texts,
        label,
        targets,
        weight,
        dividing,
        TargetKind.of(width),
        encoded);
  }

  /** Returns the same schema with other features and categorical columns. */
  public TableSchema with(List<String> features, List<String> categorical, List<String> texts) {
    return new TableSchema(
        id, features, categorical, texts, label, targets, weight, dividing, targetKind, encoded);
  }

  /**
   * Returns the schema of the columns that a training with these roles reads, which hash the same
   * rows to the same numbers; this schema of a model's columns if they are not those of such a
   * training, or if the table lacks one of them.
   *
   * @param all the columns of the table
   * @param mayBeCategory whether the rule for columns may take a feature for a category or a text
   */
  public TableSchema asTrained(
      ColumnRoles roles, List<String> all, Predicate<String> mayBeCategory) {
    List<String> open = roles.featuresAmong(all);
    List<String> named =
        Stream.of(roles.categorical(), roles.texts()).flatMap(List::stream).toList();
    List<String> numeric = open.stream().filter(features::contains).toList();
    List<String> categories =
        Stream.concat(
                named.stream(), open.stream().filter(categorical::contains).filter(mayBeCategory))
            .toList();
    return new HashSet<>(all).containsAll(open)
            && numeric.equals(features)
            && categories.equals(categorical)
        ? with(open, named, texts.stream().filter(named::contains).toList())
        : this;
  }

  /** Returns the same schema without some of the features. */
  public TableSchema without(List<String> unusable) {
    return with(
        features.stream().filter(column -> !unusable.contains(column)).toList(),
        categorical,
        texts);
  }

  /** Returns the index of a column, under its first role. */
  public int indexOf(String column) {
    return Stream.of(features, categorical, label, targets, weight, id)
        .flatMap(List::stream)
        .toList()
        .indexOf(column);
  }

  /**
   * Throws if a setting names a column that the table does not have; exclude must match one, unless
   * features are named.
   */
  private static void requireSettings(ColumnRoles roles, List<String> all, String display) {
    List<String> missing = new ArrayList<>();
    if (roles.features().isEmpty()) {
      missing("data.columns.exclude = %s", roles.exclude().unused(all), all, display)
          .ifPresent(missing::add);
    }
    roles
        .preprocessing()
        .namedColumns()
        .forEach(
            (key, columns) ->
                missing("data.columns." + key + ": %s", columns, all, display)
                    .ifPresent(missing::add));
    requireNone(missing);
  }

  /**
   * Returns a message that names the columns that the table does not have; empty if it has all.
   *
   * @param where the place that names the columns, with %s for their names
   */
  private static Optional<String> missing(
      String where, Collection<String> columns, List<String> all, String display) {
    Set<String> present = new HashSet<>(all);
    List<String> missing = columns.stream().filter(column -> !present.contains(column)).toList();
    return switch (missing.size()) {
      case 0 -> Optional.empty();
      case 1 ->
          Optional.of(
              "%s: %s has no such column; %s"
                  .formatted(
                      where.replace("%s", missing.get(0)),
                      display,
                      NearestName.column(missing.get(0), all)));
      default ->
          Optional.of(
              "%s: %s has none of these columns; %s"
                  .formatted(
                      where.replace("%s", Printable.listed(missing, NearestName.MOST_COLUMNS)),
                      display,
                      nearest(missing, all)));
    };
  }

  private static String nearest(List<String> missing, List<String> all) {
    String near =
        missing.stream()
            .limit(NearestName.MOST_COLUMNS)
            .flatMap(column -> NearestName.similar(column, all).stream())
            .distinct()
            .collect(Collectors.joining(", "));
    return near.isEmpty()
        ? "its columns are " + Printable.listed(all, NearestName.MOST_COLUMNS)
        : "did you mean " + near + "?";
  }

  private static void requireNone(List<String> missing) {
    if (!missing.isEmpty()) {
      throw new UserException(ErrorCode.WRONG_SETTINGS, String.join("\n", missing));
    }
  }

  private static String missing(List<String> targets, List<String> all) {
    return targets.stream()
        .filter(column -> !all.contains(column))
        .findFirst()
        .map(column -> ".path has no column " + column)
        .orElse(".path has no column of labels or targets");
  }

  /** Throws if two columns have the same name. */
  public static void requireUnique(List<String> all, String display) {
    Set<String> seen = new HashSet<>();
    for (String column : all) {
      if (!seen.add(column)) {
        throw UserException.of(
            ErrorCode.DATA_UNREADABLE,
            "%s has two columns %s; expected unique column names",
            display,
            column);
      }
    }
  }

  /** Throws unless a table has all columns of this schema; the message names each missing one. */
  private void requireColumns(List<String> all, String display) {
    Map<String, List<String>> named = new LinkedHashMap<>();
    named.put("data.columns.id = %s", id);
    if (encoded) {
      named.put(
          "the model reads %s", Stream.concat(features.stream(), categorical.stream()).toList());
    } else {
      named.put("data.columns.features = %s", features);
      named.put(
          "data.columns.categorical = %s",
          categorical.stream().filter(column -> !texts.contains(column)).toList());
      named.put("data.columns.text = %s", texts);
    }
    named.put("data.columns.label = %s", label);
    named.put("data.columns.targets = %s", targets);
    named.put("data.columns.weight = %s", weight);
    dividing.forEach(
        column -> named.put("data.columns." + column.key() + " = %s", List.of(column.name())));
    requireNone(
        named.entrySet().stream()
            .flatMap(each -> missing(each.getKey(), each.getValue(), all, display).stream())
            .toList());
    requireFeatures(all, display);
  }

  /** Throws if there is no column of features. */
  public void requireFeatures(List<String> all, String display) {
    if (features.isEmpty() && categorical.isEmpty()) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "%s has no column of features; its columns are %s",
          display,
          String.join(", ", all));
    }
  }
}
