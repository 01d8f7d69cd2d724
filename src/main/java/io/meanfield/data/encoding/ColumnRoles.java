package io.meanfield.data.encoding;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.ExcludedColumns;
import io.meanfield.data.column.PreprocessingSettings;
import io.meanfield.settings.Section;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The roles of the columns of a table.
 *
 * @param row the columns with the id and the weight of an example
 * @param features the numeric columns, in the order of the network's inputs; empty for all columns
 *     that have no other role
 * @param categorical the columns of strings, one-hot encoded after the features or embedded
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
        new RowColumns(id, Optional.empty()),
        features,
        categorical,
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

  public static ColumnRoles read(Section columns) {
    return new ColumnRoles(
        new RowColumns(columns.optionalString("id"), columns.optionalString("weight")),
        columns.stringsOr(ALL, "features").filter(names -> !names.equals(List.of(ALL))),
        columns.optionalStrings("categorical"),
        columns.optionalString("label"),
        columns.optionalStrings("targets"),
        columns.choice("handle-unknown", HandleUnknown.class),
        new ExcludedColumns(columns.optionalStrings("exclude")),
        PreprocessingSettings.read(columns));
  }

  /** Returns the same roles with a column of weights; empty for none. */
  public ColumnRoles withWeight(Optional<String> weight) {
    return with(new RowColumns(row.id(), weight));
  }

  private ColumnRoles with(RowColumns columns) {
    return new ColumnRoles(
        columns, features, categorical, label, targets, handleUnknown, exclude, preprocessing);
  }

  /** Returns the column with unique ids; empty if the id of an example is its position. */
  public Optional<String> id() {
    return row.id();
  }

  /** Returns the column with the weight of each example; empty if all examples count once. */
  public Optional<String> weight() {
    return row.weight();
  }

  /** Adds a problem unless either a label or targets are set and each column has one role. */
  public void check(Section columns) {
    if (label.isPresent() && !targets.isEmpty()) {
      columns.invalid("label", "left out, because data.columns.targets is set");
      return;
    }
    if (label.isEmpty() && targets.isEmpty()) {
      columns.invalid(
          "label", "the column with the class, or data.columns.targets must name columns");
    }
    if (features.isPresent() && !exclude.patterns().isEmpty()) {
      columns.invalid("exclude", "empty, because data.columns.features names the features");
    }
    Map<String, String> roles = new HashMap<>();
    named()
        .forEach(
            (key, names) ->
                names.forEach(
                    name ->
                        Optional.ofNullable(roles.put(name, key))
                            .ifPresent(other -> columns.invalid(key, twice(name, key, other)))));
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
    named.put("id", row.id().stream().toList());
    named.put("weight", row.weight().stream().toList());
    named.put("label", label.stream().toList());
    named.put("targets", targets);
    return named;
  }

  private List<String> otherThanFeatures() {
    List<String> others = new ArrayList<>(categorical);
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
