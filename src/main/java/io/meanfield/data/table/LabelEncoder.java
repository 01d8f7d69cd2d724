package io.meanfield.data.table;

import io.meanfield.data.TableEncoder;
import io.meanfield.data.Vocabulary;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Decides what the different labels of a table mean: if all are whole numbers they are the classes
 * themselves; if one is not, all are names, and the classes are their places in order.
 */
public final class LabelEncoder {
  private LabelEncoder() {}

  /**
   * The vocabulary of a new data set; empty if labels are class numbers.
   *
   * @param found the different labels, each with where it occurs
   * @throws UserException if a class number is none of the {@code classes}, or there are more names
   */
  static List<Vocabulary> vocabulary(String column, SortedMap<String, String> found, int classes) {
    if (found.keySet().stream().allMatch(LabelEncoder::isWhole)) {
      found.forEach((label, where) -> number(column, label, where, classes));
      return List.of();
    }
    if (found.size() > classes) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "column "
              + column
              + " has "
              + found.size()
              + " different labels ("
              + Vocabulary.of(column, found.keySet().stream().limit(10).toList()).display()
              + "), but the network has only "
              + classes
              + " classes");
    }
    return List.of(Vocabulary.of(column, found.keySet()));
  }

  /** Throws unless each label is a class of the model that made the encodings. */
  static void check(
      String column, SortedMap<String, String> found, TableEncoder known, int classes) {
    for (Map.Entry<String, String> each : found.entrySet()) {
      code(column, each.getKey(), Optional.of(known), classes, each.getValue());
    }
  }

  /** Returns the class of a label. */
  public static int code(
      String column, String label, Optional<TableEncoder> known, int classes, String where) {
    return known
        .flatMap(TableEncoder::labels)
        .map(labels -> known.orElseThrow().classIndex(label, where))
        .orElseGet(() -> number(column, label, where, classes));
  }

  private static int number(String column, String label, String where, int classes) {
    if (isWhole(label)) {
      int number = Integer.parseInt(label);
      if (number >= 0 && number < classes) {
        return number;
      }
    }
    throw new UserException(
        ErrorCode.DATA_UNREADABLE,
        where
            + ": column "
            + column
            + " has label "
            + label
            + ", expected 0 to "
            + (classes - 1)
            + ", one for each class of the network");
  }

  private static boolean isWhole(String label) {
    try {
      Integer.parseInt(label);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
