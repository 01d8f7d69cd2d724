package io.meanfield.data.encoding;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.ExcludedColumns;
import io.meanfield.data.column.PreprocessingSettings;
import io.meanfield.data.encoding.DividingColumn.By;
import io.meanfield.settings.Section;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The roles of the columns of a table.
 *
 * @param row the columns with the id and the weight of an example, and the one that divides them
 * @param features the numeric columns, in the order of the network's inputs; empty for all columns
 *     that have no other role
 * @param categorical the columns of strings, one-hot encoded after the features or embedded
 * @param texts the columns whose texts are split into words
 * @param label the column with the class; empty if {@code targets} has columns
 * @param targets the numeric columns that the network predicts, one for each output
 * @param handleUnknown the treatment of a category that does not occur in the training data
 * @param exclude the columns that are no features although {@code features} is empty
 * @param preprocessing what becomes of the values of the numeric columns
 */
public record ColumnRoles(
    RowColumns row,
    Optional<List<String>> features,
    List<String> categorical,
    List<String> texts,
    Optional<String> label,
    List<String> targets,
    HandleUnknown handleUnknown,
    ExcludedColumns exclude,
    PreprocessingSettings preprocessing) {

  /** Makes the roles of a table without preprocessing, excluded columns and weights. */
  public ColumnRoles(
      Optional<String> id,
      Optional<List<String>> features,
      List<String> categorical,
      Optional<String> label,
      List<String> targets,
      HandleUnknown handleUnknown) {
    this(
        new RowColumns(id, Optional.empty(), Optional.empty()),
        features,
        categorical,
        List.of(),
        label,
        targets,
        handleUnknown,
        ExcludedColumns.NONE,
        PreprocessingSettings.NONE);
  }

  /** The treatment of a category that does not occur in the training data. */
  @DefaultSerializer(JavaSerializer.class)
  public enum HandleUnknown implements Serializable {
    /** Fails with an error message. */
    ERROR,
    /** Encodes all unknown and all missing categories as one extra input. */
    EXTRA_COLUMN;

    /** Returns the value as it is written in settings. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private static final String ALL = "*";
  private static final String TIME = "time";
  private static final String GROUP = "group";
  private static final String WEIGHT = "weight";
  private static final String LABEL = "label";
  private static final String TARGETS = "targets";

  public static ColumnRoles read(Section columns) {
    return new ColumnRoles(
        new RowColumns(
            columns.optionalString("id"), columns.optionalString(WEIGHT), dividing(columns)),
        columns.stringsOr(ALL, "features").filter(names -> !names.equals(List.of(ALL))),
        columns.optionalStrings("categorical"),
        columns.optionalStrings("text"),
        columns.optionalString(LABEL),
        columns.optionalStrings(TARGETS),
        columns.choice("handle-unknown", HandleUnknown.class),
        ExcludedColumns.read(columns),
        PreprocessingSettings.read(columns));
  }

  private static Optional<DividingColumn> dividing(Section columns) {
    Optional<DividingColumn> time =
        columns.optionalString(TIME).map(name -> new DividingColumn(By.TIME, name));
    Optional<DividingColumn> group =
        columns.optionalString(GROUP).map(name -> new DividingColumn(By.GROUP, name));
    return time.or(() -> group);
  }

  /** Returns the same roles with a column of weights; empty for none. */
  public ColumnRoles withWeight(Optional<String> weight) {
    return with(new RowColumns(row.id(), weight, row.dividing()));
  }

  /** Returns the same roles for rows that are all on one side, such as those of a test set. */
  public ColumnRoles undivided() {
    return with(
        new RowColumns(
            row.id(),
            row.weight(),
            row.dividing().map(column -> new DividingColumn(By.NOTHING, column.name()))));
  }

  private ColumnRoles with(RowColumns columns) {
    return new ColumnRoles(
        columns,
        features,
        categorical,
        texts,
        label,
        targets,
        handleUnknown,
        exclude,
        preprocessing);
  }

  /** Returns the column with unique ids; empty if the id of an example is its position. */
  public Optional<String> id() {
    return row.id();
  }

  /** Returns the column with the weight of each example; empty if all examples count once. */
  public Optional<String> weight() {
    return row.weight();
  }

  /** Returns the column that divides the examples; empty if they are divided at random. */
  public Optional<DividingColumn> dividing() {
    return row.dividing().filter(column -> column.by() != By.NOTHING);
  }

  /** Adds a problem unless either a label or targets are set and each column has one role. */
  public void check(Section columns) {
    if (label.isPresent() && !targets.isEmpty()) {
      columns.invalid(LABEL, "left out, because data.columns.targets is set");
      return;
    }
    if (label.isEmpty() && targets.isEmpty()) {
      columns.invalid(
          LABEL, "the column with the class, or data.columns.targets must name columns");
    }
    // With reasons it tells why the others are none.
    if (features.isPresent() && !exclude.patterns().isEmpty() && exclude.reasons().isEmpty()) {
      columns.invalid("exclude", "empty, because data.columns.features names the features");
    }
    checkDividing(columns);
    Map<String, String> roles = new HashMap<>();
    named()
        .forEach(
            (key, names) ->
                names.forEach(
                    name ->
                        Optional.ofNullable(roles.put(name, key))
                            .ifPresent(other -> columns.invalid(key, twice(name, key, other)))));
  }

  /** Adds a problem if two columns divide the rows, or one that is more than a feature or an id. */
  private void checkDividing(Section columns) {
    if (columns.isSet(TIME) && columns.isSet(GROUP)) {
      columns.invalid(
          GROUP,
          "left out, because data.columns.time is set; set time if the model will meet new rows of"
              + " known groups, group if it will meet new groups");
    }
    dividing()
        .ifPresent(
            column ->
                Stream.of(WEIGHT, LABEL, TARGETS)
                    .filter(role -> named().get(role).contains(column.name()))
                    .forEach(
                        role ->
                            columns.invalid(
                                column.key(), twice(column.name(), column.key(), role))));
  }

  private static String twice(String name, String key, String other) {
    return key.equals(other)
        ? "a list of different columns, but " + name + " is named twice"
        : "without another role, but " + name + " is in data.columns." + other + ", too";
  }

  /** Returns the columns of each key. */
  private Map<String, List<String>> named() {
    Map<String, List<String>> named = new LinkedHashMap<>();
    named.put("features", features.orElse(List.of()));
    named.put("categorical", categorical);
    named.put("text", texts);
    named.put("id", row.id().stream().toList());
    named.put(WEIGHT, row.weight().stream().toList());
    named.put(LABEL, label.stream().toList());
    named.put(TARGETS, targets);
    return named;
  }

  private List<String> otherThanFeatures() {
    List<String> others = new ArrayList<>(categorical);
    others.addAll(texts);
    others.addAll(row.named());
    label.ifPresent(others::add);
    others.addAll(targets);
    return others;
  }

  /** Returns the features among all columns of a table, in the order of the network's inputs. */
  public List<String> featuresAmong(List<String> all) {
    List<String> others = otherThanFeatures();
    return features.orElseGet(
        () ->
            all.stream()
                .filter(column -> !others.contains(column) && !exclude.matches(column))
                .toList());
  }
}
