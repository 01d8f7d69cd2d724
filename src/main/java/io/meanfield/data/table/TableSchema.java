package io.meanfield.data.table;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.ColumnRoles;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.TargetKind;
import io.meanfield.data.Vocabulary;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The columns of a table that are read, by name; a list of none or one stands for what may be
 * absent.
 */
@DefaultSerializer(JavaSerializer.class)
public record TableSchema(
    List<String> id,
    List<String> features,
    List<String> categories,
    List<String> label,
    List<String> targets,
    TargetKind targetKind)
    implements Serializable {

  /**
   * The layout of a table.
   *
   * @param all columns that the table has
   * @param known the encodings of a model, whose features these must be
   * @param shown where the table is, for messages
   * @throws UserException if a column is not there; that of labels, and those of targets, may be
   *     absent
   */
  public static TableSchema of(
      ColumnRoles columns, List<String> all, Optional<TableEncoder> known, String shown) {
    requireUnique(all, shown);
    List<String> categories =
        known
            .map(from -> from.categories().stream().map(Vocabulary::column).toList())
            .orElse(columns.categorical());
    List<String> wanted =
        Stream.concat(columns.label().stream(), columns.targets().stream()).toList();
    boolean answered = !wanted.isEmpty() && new HashSet<>(all).containsAll(wanted);
    TargetKind answers =
        columns.label().isPresent() ? TargetKind.CLASSES : TargetKind.of(columns.targets().size());
    TableSchema layout =
        new TableSchema(
            columns.id().stream().toList(),
            known.map(TableEncoder::features).orElseGet(() -> columns.featuresAmong(all)),
            categories,
            answered ? columns.label().stream().toList() : List.of(),
            answered ? columns.targets() : List.of(),
            answered ? answers : answers.missing(missing(wanted, all)));
    layout.requireColumns(all, shown);
    return layout;
  }

  /** The same columns, which hold so many numbers as targets. */
  public TableSchema withTargets(int numbers) {
    return new TableSchema(id, features, categories, label, targets, TargetKind.of(numbers));
  }

  private static String missing(List<String> wanted, List<String> all) {
    return wanted.stream()
        .filter(column -> !all.contains(column))
        .findFirst()
        .map(column -> ".path has no column " + column)
        .orElse(".path has no column of answers");
  }

  private static void requireUnique(List<String> all, String shown) {
    Set<String> seen = new HashSet<>();
    for (String column : all) {
      if (!seen.add(column)) {
        throw new UserException(
            ErrorCode.DATA_UNREADABLE,
            shown + " has two columns " + column + "; expected a name for each column");
      }
    }
  }

  /** Throws unless a table has all columns of this layout. */
  public void requireColumns(List<String> all, String shown) {
    for (String column : columns()) {
      if (!all.contains(column)) {
        throw new UserException(
            ErrorCode.WRONG_SETTINGS,
            shown
                + " has no column "
                + column
                + ", expected one by data.columns; it has "
                + String.join(", ", all));
      }
    }
    if (features.isEmpty() && categories.isEmpty()) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          shown + " has no column of features; it has " + String.join(", ", all));
    }
  }

  private List<String> columns() {
    return Stream.of(id, features, categories, label, targets).flatMap(List::stream).toList();
  }
}
