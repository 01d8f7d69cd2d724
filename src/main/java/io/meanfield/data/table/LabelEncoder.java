package io.meanfield.data.table;

import io.meanfield.data.column.TargetRule;
import io.meanfield.data.encoding.InvalidRowException;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;

/**
 * Maps the labels of a table to classes. If all labels are whole numbers, they are the class
 * numbers, so that one that is larger than every class is refused, unless they begin above 0, or
 * are few codes such as -1 and 1, or 007 and 7. Other labels are names, and a class is the index of
 * its name in sorted order.
 */
public final class LabelEncoder {
  // Larger numbers are hardly classes.
  private static final BigInteger MOST_NUMBERED = BigInteger.valueOf(1_000);
  // A network that is not known yet has more classes.
  private static final int LARGEST_KNOWN = 10_000;

  private LabelEncoder() {}

  /**
   * Returns the vocabulary of a new data set; empty if labels are class numbers.
   *
   * @param found the different labels
   * @param display the location of the table, for messages
   * @throws UserException if a class number is not below {@code classes}, or if there are more
   *     names than {@code classes}
   */
  static List<Vocabulary> vocabulary(
      String column, SortedSet<String> found, int classes, String display) {
    boolean areNumbers = found.stream().allMatch(LabelEncoder::isInteger);
    if (areNumbers && !areNames(found, classes)) {
      found.forEach(label -> number(column, label, display, classes));
      return List.of();
    }
    if (found.size() > classes) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "column %s of %s has %s different labels (%s), but the network has only %s classes",
          column,
          display,
          found.size() > Vocabulary.MAX_VALUES
              ? "more than " + Vocabulary.MAX_VALUES
              : found.size(),
          Vocabulary.of(column, found.stream().limit(10).toList()).display(),
          classes);
    }
    return List.of(Vocabulary.of(column, found));
  }

  // Class numbers would make one class of 007 and 7, none of -1, and ten thousand of 10001.
  private static boolean areNames(SortedSet<String> found, int classes) {
    List<BigInteger> numbers = found.stream().map(BigInteger::new).toList();
    BigInteger least = numbers.stream().min(Comparator.naturalOrder()).orElse(BigInteger.ZERO);
    BigInteger largest = numbers.stream().max(Comparator.naturalOrder()).orElse(BigInteger.ZERO);
    if (!found.stream().allMatch(LabelEncoder::isPlain)) {
      return true;
    }
    if (found.size() > classes) {
      return false;
    }
    if (isKnown(classes)) {
      return least.signum() > 0 && largest.compareTo(BigInteger.valueOf(classes)) >= 0;
    }
    // A network that is not known yet gets as many classes as there are names.
    return (least.signum() < 0 || largest.compareTo(MOST_NUMBERED) > 0)
        ? found.size() <= TargetRule.MOST_NUMBERED_CLASSES
        : least.signum() > 0;
  }

  /** Returns whether a network has these classes; else they follow from the labels. */
  private static boolean isKnown(int classes) {
    return classes <= LARGEST_KNOWN;
  }

  /** Returns whether a whole number is written without zeros or a plus sign before it. */
  private static boolean isPlain(String number) {
    return new BigInteger(number).toString().equals(number);
  }

  /** Throws if most labels are whole numbers, but this one cannot be a class among them. */
  public static void requireNumber(String column, String label, String where, int classes) {
    if (!isInteger(label) || (isKnown(classes) && isPlain(label))) {
      number(column, label, where, classes);
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
    OptionalInt number = isInteger(label) && isPlain(label) ? small(label) : OptionalInt.empty();
    if (number.isPresent() && number.getAsInt() >= 0 && number.getAsInt() < classes) {
      return number.getAsInt();
    }
    throw InvalidRowException.ofValue(
        where,
        column,
        label,
        "has label %s, expected 0 to %s%s"
            .formatted(
                InvalidRowException.shown(label),
                classes - 1,
                !isKnown(classes)
                    ? "; for numbers to predict, set data.columns.targets instead of"
                        + " data.columns.label"
                    : ", one for each class of the network"));
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
    int digits = first;
    while (digits < label.length() && Character.isDigit(label.charAt(digits))) {
      digits++;
    }
    return label.length() > first && digits == label.length();
  }
}
