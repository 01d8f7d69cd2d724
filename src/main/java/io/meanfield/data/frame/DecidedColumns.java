package io.meanfield.data.frame;

import io.meanfield.data.column.ColumnUse;
import io.meanfield.data.column.ColumnUse.Role;
import io.meanfield.data.column.TextForm;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.table.TableSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The columns of a table after their uses are decided; driver only.
 *
 * @param all the schema of the columns that were shuffled
 * @param features the use of each feature of {@code all}
 * @param targets the use of each target whose values are texts
 * @param others the use of each column that settings call a category or a text, or whose type is no
 *     feature
 */
record DecidedColumns(
    TableSchema all, List<ColumnUse> features, List<ColumnUse> targets, List<ColumnUse> others) {
  /** Returns the columns of a model among those that its training read. */
  static DecidedColumns ofModel(TableSchema all, TableEncoder encoder) {
    Map<String, Role> roles = new HashMap<>();
    encoder.features().forEach(name -> roles.put(name, Role.NUMBER));
    encoder.categorical().forEach(column -> roles.put(column.column(), Role.CATEGORY));
    encoder.texts().forEach(name -> roles.put(name, Role.TEXT));
    return new DecidedColumns(
        all,
        all.features().stream()
            .map(name -> ColumnUse.asTrained(name, roles.getOrDefault(name, Role.LEFT_OUT)))
            .toList(),
        List.of(),
        List.of());
  }

  /** Returns the uses of all columns that could be features. */
  List<ColumnUse> uses() {
    return Stream.concat(features.stream(), others.stream()).toList();
  }

  /** Returns the schema of the columns that are read. */
  TableSchema schema() {
    return all.with(
        numeric().stream().map(ColumnUse::column).toList(),
        Stream.concat(all.categorical().stream(), categories().map(ColumnUse::column)).toList(),
        Stream.concat(
                all.texts().stream(),
                categories().filter(use -> use.role() == Role.TEXT).map(ColumnUse::column))
            .toList());
  }

  /** Returns the features that are numbers, truth values or times. */
  List<ColumnUse> numeric() {
    return features.stream().filter(ColumnUse::isNumeric).toList();
  }

  private Stream<ColumnUse> categories() {
    return features.stream().filter(use -> use.role() == Role.CATEGORY || use.role() == Role.TEXT);
  }

  /** Returns how the texts of features and targets are written. */
  SortedMap<String, TextForm> forms() {
    SortedMap<String, TextForm> forms = new TreeMap<>();
    Stream.concat(features.stream(), targets.stream())
        .filter(use -> !use.form().equals(TextForm.PLAIN))
        .forEach(use -> forms.put(use.column(), use.form()));
    return forms;
  }

  /**
   * Returns the places of the columns of {@link #schema} among those that were shuffled, and of the
   * columns after them.
   */
  int[] order(int shuffled) {
    List<Integer> order = new ArrayList<>();
    numeric().forEach(use -> order.add(place(use)));
    IntStream.range(all.firstCategorical(), all.labelIndex()).forEach(order::add);
    categories().forEach(use -> order.add(place(use)));
    IntStream.range(all.labelIndex(), shuffled).forEach(order::add);
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  private int place(ColumnUse use) {
    return all.features().indexOf(use.column());
  }
}
