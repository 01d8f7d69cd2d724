package io.meanfield.data.table;

import io.meanfield.data.InvalidRowException;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.Vocabulary;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * Maps the labels of a table to classes. If all labels are whole numbers, they are the class
 * numbers, so that one that is larger than every class is refused. If one is not, all labels are
 * names, and a class is the index of its name in sorted order.
 */
public final class LabelEncoder {
  private LabelEncoder() {}

  /**
   * Returns the vocabulary of a new data set; empty if labels are class numbers.
   *
   * @param found the different labels, each with the place where it occurs
   * @throws UserException if a class number is not below {@code classes}, or if there are more
   *     names than {@code classes}
   */
  static List<Vocabulary> vocabulary(String column, SortedMap<String, String> found, int classes) {
    if (found.keySet().stream().allMatch(LabelEncoder::isInteger)) {
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
              + "; the last one is in "
              + found.get(found.lastKey())
              + "), but the network has only "
              + classes
              + " classes");
    }
    return List.of(Vocabulary.of(column, found.keySet()));
  }

  /** Throws unless the encoder of a model has a class for each label. */
  static void check(
      String column, SortedMap<String, String> found, TableEncoder known, int classes) {
    for (Map.Entry<String, String> label : found.entrySet()) {
      code(column, label.getKey(), Optional.of(known), classes, label.getValue());
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
    OptionalInt number = isInteger(label) ? small(label) : OptionalInt.empty();
    if (number.isPresent() && number.getAsInt() >= 0 && number.getAsInt() < classes) {
      return number.getAsInt();
    }
    throw InvalidRowException.ofValue(
        where,
        column,
        label,
        "has label "
            + InvalidRowException.shown(label)
            + ", expected 0 to "
            + (classes - 1)
            + ", one for each class of the network");
  }

  // Empty for a number that is larger than every class.
  private static OptionalInt small(String label) {
    try {
      return OptionalInt.of(Integer.parseInt(label));
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  /** Returns whether a label is a whole number, however large. */
  public static boolean isInteger(String label) {
    int first = label.startsWith("-") || label.startsWith("+") ? 1 : 0;
    return label.length() > first && label.chars().skip(first).allMatch(Character::isDigit);
  }
}
