package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.settings.Section;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the columns of a table are for.
 *
 * @param id the column with unique ids, whole numbers or texts; without one, an example's id is its
 *     position
 * @param features columns of numbers, in the order of the network's inputs; empty for all columns
 *     that have no other role
 * @param categorical columns of texts, one-hot encoded after the features
 * @param label the column with the class; empty if there are targets
 * @param targets columns of numbers, one for each output of the network
 * @param handleUnknown what happens to a category that does not occur in the training data
 */
public record ColumnRoles(
    Optional<String> id,
    Optional<List<String>> features,
    List<String> categorical,
    Optional<String> label,
    List<String> targets,
    HandleUnknown handleUnknown) {

  /** What happens to a category that does not occur in the training data. */
  @DefaultSerializer(JavaSerializer.class)
  public enum HandleUnknown implements Serializable {
    /** Fails with an error message. */
    ERROR,
    /** Encodes all unknown categories as one extra input, which is always 0 in training. */
    EXTRA_COLUMN;

    /** Returns the value as settings have it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public static ColumnRoles read(Section columns) {
    return new ColumnRoles(
        columns.optionalString("id"),
        columns.stringsOr("*", "features"),
        columns.strings("categorical"),
        columns.optionalString("label"),
        columns.strings("targets"),
        columns.choice("handle-unknown", HandleUnknown.class));
  }

  /** Adds a problem unless there is a label or targets, and each column has one role. */
  public void check(Section columns) {
    if (label.isPresent() == !targets.isEmpty()) {
      columns.invalid(
          "label", "the column with the class, or data.columns.targets must name columns");
    }
    List<String> twice = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    named().stream().filter(column -> !seen.add(column)).forEach(twice::add);
    if (!twice.isEmpty()) {
      columns.invalid("features", "columns with one role each, but " + twice.get(0) + " has two");
    }
  }

  private List<String> named() {
    List<String> named = new ArrayList<>(features.orElse(List.of()));
    named.addAll(otherThanFeatures());
    return named;
  }

  private List<String> otherThanFeatures() {
    List<String> others = new ArrayList<>(categorical);
    id.ifPresent(others::add);
    label.ifPresent(others::add);
    others.addAll(targets);
    return others;
  }

  /** The columns of numbers among all columns of a table, in the order of the inputs. */
  public List<String> featuresAmong(List<String> all) {
    List<String> others = otherThanFeatures();
    return features.orElseGet(
        () -> all.stream().filter(column -> !others.contains(column)).toList());
  }
}
