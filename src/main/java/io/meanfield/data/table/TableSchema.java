package io.meanfield.data.table;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.ColumnRoles;
import io.meanfield.data.ReadContext;
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
 *
 * @param encoded whether features and categorical columns are those of a model's encodings
 */
@DefaultSerializer(JavaSerializer.class)
public record TableSchema(
    List<String> id,
    List<String> features,
    List<String> categorical,
    List<String> label,
    List<String> targets,
    TargetKind targetKind,
    boolean encoded)
    implements Serializable {

  /**
   * The schema of a table.
   *
   * @param all columns that the table has
   * @param display where the table is, for messages
   * @throws UserException if a column is not there; that of labels, and those of targets, may be
   *     absent unless the context needs them
   */
  public static TableSchema of(
      ColumnRoles roles, List<String> all, ReadContext context, String display) {
    requireUnique(all, display);
    List<String> answers = Stream.concat(roles.label().stream(), roles.targets().stream()).toList();
    boolean labelled =
        !answers.isEmpty() && (context.needsTargets() || new HashSet<>(all).containsAll(answers));
    TargetKind kind =
        roles.label().isPresent() ? TargetKind.CLASSES : TargetKind.of(roles.targets().size());
    Optional<TableEncoder> known = context.encoder();
    TableSchema schema =
        new TableSchema(
            roles.id().stream().toList(),
            known.map(TableEncoder::features).orElseGet(() -> roles.featuresAmong(all)),
            known
                .map(from -> from.categorical().stream().map(Vocabulary::column).toList())
                .orElse(roles.categorical()),
            labelled ? roles.label().stream().toList() : List.of(),
            labelled ? roles.targets() : List.of(),
            labelled ? kind : kind.missing(missing(answers, all)),
            known.isPresent());
    schema.requireColumns(all, display);
    return schema;
  }

  /** The same columns, which hold so many numbers as targets. */
  public TableSchema withTargets(int numbers) {
    return new TableSchema(
        id, features, categorical, label, targets, TargetKind.of(numbers), encoded);
  }

  private static String missing(List<String> answers, List<String> all) {
    return answers.stream()
        .filter(column -> !all.contains(column))
        .findFirst()
        .map(column -> ".path has no column " + column)
        .orElse(".path has no column of labels or targets");
  }

  private static void requireUnique(List<String> all, String display) {
    Set<String> seen = new HashSet<>();
    for (String column : all) {
      if (!seen.add(column)) {
        throw new UserException(
            ErrorCode.DATA_UNREADABLE,
            display + " has two columns " + column + "; expected a name for each column");
      }
    }
  }

  /** Throws unless a table has all columns of this schema; names each one that is missing. */
  public void requireColumns(List<String> all, String display) {
    MissingColumns missing = new MissingColumns(all, display);
    missing.check("data.columns.id = %s", id);
    missing.check(
        encoded ? "%s, a feature in encodings.json" : "data.columns.features = %s", features);
    missing.check(
        encoded ? "%s, a category in encodings.json" : "data.columns.categorical = %s",
        categorical);
    missing.check("data.columns.label = %s", label);
    missing.check("data.columns.targets = %s", targets);
    missing.throwIfAny();
    if (features.isEmpty() && categorical.isEmpty()) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          display + " has no column of features; its columns are " + String.join(", ", all));
    }
  }
}
