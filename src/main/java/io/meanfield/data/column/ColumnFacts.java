package io.meanfield.data.column;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.TextForms.Form;
import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What one pass over a table has seen of a column. The facts of a column are the sum of the facts
 * of its parts, in any order.
 */
@DefaultSerializer(JavaSerializer.class)
public final class ColumnFacts implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST_KNOWN = 64;
  private static final int MOST_UNITS = 8;
  private static final int LONGEST_EXAMPLE = 40;

  /** A text that is no value, or a code of two letters. */
  public static final String NOT_AVAILABLE = "NA";

  private static final long WHOLE_NUMBER =
      Form.POINT.bit() | Form.COMMA.bit() | Form.WHOLE.bit() | Form.WHOLE_WITH_COMMA.bit();

  /** The forms of texts, their numbers, and how many words they have. */
  private record Known(long forms, double point, double comma, long words) {}

  private final TextForms forms;
  private final long[] counts;
  private final String[] examples; // the least text of each form
  private final DistinctValues distinct = new DistinctValues();
  private final TreeSet<String> units = new TreeSet<>();
  // How many rows have arrays of finite numbers, or bytes, of which length.
  private final TreeMap<Integer, Long> lengths = new TreeMap<>();
  private final Extent point = new Extent();
  private final Extent comma = new Extent();
  private long values;
  private long empty;
  private long marked;
  private long notAvailable;
  private long words;
  private transient Map<String, Known> known;

  private static final class Extent implements Serializable {
    private static final long serialVersionUID = 1L;
    private double least = Double.POSITIVE_INFINITY;
    private double largest = Double.NEGATIVE_INFINITY;

    void add(double smallest, double greatest) {
      least = Math.min(least, smallest);
      largest = Math.max(largest, greatest);
    }
  }

  /**
   * Starts without values.
   *
   * @param dates the patterns of dates that settings name
   */
  public ColumnFacts(List<String> dates) {
    this.forms = new TextForms(dates);
    this.counts = new long[Form.COUNT + forms.patterns()];
    this.examples = new String[counts.length];
  }

  /**
   * Adds a value.
   *
   * @param text without white space around it; empty if there is none
   */
  public void add(String text) {
    values++;
    if (text.isEmpty()) {
      empty++;
    } else if (ValueType.isMissing(text)) {
      marked++;
      notAvailable += text.equals(NOT_AVAILABLE) ? 1 : 0;
    } else {
      addPresent(text);
    }
  }

  private void addPresent(String text) {
    Known found = known(text);
    distinct.add(text);
    words += found.words;
    count(found.forms);
    if (!Double.isNaN(found.point)) {
      point.add(found.point, found.point);
    }
    if (!Double.isNaN(found.comma)) {
      comma.add(found.comma, found.comma);
    }
  }

  private static String shown(String text) {
    return text.length() > LONGEST_EXAMPLE ? text.substring(0, LONGEST_EXAMPLE) : text;
  }

  private static String lesser(String one, String other) {
    return one == null || (other != null && other.compareTo(one) < 0) ? other : one;
  }

  // Most texts of a column of categories were seen before.
  private Known known(String text) {
    if (known == null || known.size() > MOST_KNOWN) {
      known = new HashMap<>();
    }
    Known found = known.get(text);
    if (found == null) {
      long all = forms.of(text);
      found =
          new Known(
              all,
              number(all, Form.POINT, text),
              number(all, Form.COMMA, Decimal.withPoint(text)),
              1 + text.chars().filter(c -> c == ' ').count());
      for (long rest = all; rest != 0; rest &= rest - 1) {
        int form = Long.numberOfTrailingZeros(rest);
        examples[form] = lesser(examples[form], shown(text));
      }
      if ((all & (Form.POINT.bit() | Form.COMMA.bit())) != 0) {
        Decimal.unit(text).ifPresent(units::add);
        keepFewUnits();
      }
      known.put(text, found);
    }
    return found;
  }

  private void keepFewUnits() {
    while (units.size() > MOST_UNITS) {
      units.pollLast();
    }
  }

  private static double number(long forms, Form form, String text) {
    return (forms & form.bit()) == 0 ? Double.NaN : ValueType.NUMBER.parse(text).orElse(Double.NaN);
  }

  /** Adds a whole number of 64 bits. */
  public void add(long number) {
    values++;
    distinct.add(number);
    count(WHOLE_NUMBER | Form.DIGITS.bit() | (isExact(number) ? 0 : Form.TOO_LONG.bit()));
    point.add((double) number, (double) number);
  }

  private static boolean isExact(long number) {
    return Math.abs((double) number) <= 1L << 53;
  }

  private void count(long found) {
    for (long rest = found; rest != 0; rest &= rest - 1) {
      counts[Long.numberOfTrailingZeros(rest)]++;
    }
  }

  /** Adds a number; NaN for a missing one. Different numbers are not counted. */
  public void add(double number) {
    values++;
    if (Double.isNaN(number)) {
      empty++;
    } else {
      addFinite(number);
    }
  }

  // Inputs have 32 bits.
  private void addFinite(double number) {
    if (Float.isFinite((float) number)) {
      counts[Form.POINT.place()]++;
      counts[Form.WHOLE.place()] += number == Math.rint(number) ? 1 : 0;
      point.add(number, number);
    }
  }

  /** Adds a number, which is one of the different ones; NaN for a missing one. */
  public void addDistinct(double number) {
    add(number);
    if (!Double.isNaN(number)) {
      distinct.add(Double.doubleToLongBits(number));
    }
  }

  /** Adds an array of finite numbers, or bytes; an empty one is missing. */
  public void addArray(int length) {
    if (length == 0) {
      addOther(true);
      return;
    }
    values++;
    lengths.merge(length, 1L, Long::sum);
  }

  /** Adds a value of another type. */
  public void addOther(boolean isMissing) {
    values++;
    empty += isMissing ? 1 : 0;
  }

  /** Adds the facts of another part of the column. */
  public void add(ColumnFacts other) {
    values += other.values;
    empty += other.empty;
    marked += other.marked;
    notAvailable += other.notAvailable;
    words += other.words;
    distinct.add(other.distinct);
    units.addAll(other.units);
    keepFewUnits();
    other.lengths.forEach((length, rows) -> lengths.merge(length, rows, Long::sum));
    point.add(other.point.least, other.point.largest);
    comma.add(other.comma.least, other.comma.largest);
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
      examples[i] = lesser(examples[i], other.examples[i]);
    }
  }

  /** Returns the number of rows. */
  public long values() {
    return values;
  }

  /** Returns the length of most arrays, of several the least; empty if no array has numbers. */
  public OptionalInt length() {
    return lengths.entrySet().stream()
        .max(
            Map.Entry.<Integer, Long>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .map(most -> OptionalInt.of(most.getKey()))
        .orElse(OptionalInt.empty());
  }

  /** Returns the number of arrays of finite numbers that have the length of most of them. */
  long arrays() {
    return lengths.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /** Returns whether nearly all arrays have the same length. */
  boolean haveOneLength() {
    long all = lengths.values().stream().mapToLong(Long::longValue).sum();
    return 10 * arrays() >= 9 * all;
  }

  /** Returns the number of rows without a value, or with a text such as N/A that means none. */
  public long missing() {
    return values - present();
  }

  /** Returns the number of values that are present. */
  public long present() {
    return values - empty - (areCountries() ? marked - notAvailable : marked);
  }

  /**
   * Returns whether NA is a value: among texts of two capital letters it is Namibia or North
   * America.
   */
  public boolean areCountries() {
    return notAvailable > 0 && 10 * count(Form.TWO_CAPITALS) >= 9 * (values - empty - marked);
  }

  /** Returns the number of different values that are present. */
  public long distinct() {
    return distinct.count() + (areCountries() ? 1 : 0);
  }

  /** Returns the number of different values in words. */
  String differentValues(String what) {
    return (distinct.isExact() ? "" : "about ") + distinct() + " different " + what;
  }

  /** Returns whether each value is there at most about once. */
  boolean areNearlyUnique() {
    return 10 * distinct() >= 9 * present();
  }

  double meanWords() {
    return present() == 0 ? 0 : (double) words / present();
  }

  /** Returns whether a text has bytes that the encoding of the file does not explain. */
  public boolean hasUnreadableTexts() {
    return has(Form.UNREADABLE);
  }

  long count(Form form) {
    return counts[form.place()];
  }

  /** Returns the number of values that are numbers, with a decimal point or with a comma. */
  long numbers() {
    return count(Form.POINT) + count(Form.COMMA_ONLY);
  }

  /** Returns whether the values are numbers, with a point or with a comma. */
  boolean isNumeric() {
    return isMostly(numbers(), false);
  }

  /** Returns whether all numbers are whole, if they have a decimal comma or a decimal point. */
  public boolean areWhole(boolean hasComma) {
    long all = count(hasComma ? Form.COMMA : Form.POINT);
    return all > 0 && count(hasComma ? Form.WHOLE_WITH_COMMA : Form.WHOLE) == all;
  }

  boolean has(Form form) {
    return count(form) > 0;
  }

  /** Returns the number of values that are present if they are numbers or times. */
  long candidates() {
    return present() - count(Form.PLACEHOLDER);
  }

  /** Returns the number of rows without a value if the others are numbers or times. */
  public long missingNumbers() {
    return values - candidates();
  }

  /**
   * Returns whether so many values are of one type that all others are wrong.
   *
   * @param isNamed whether settings name the column, so that the majority is enough
   */
  boolean isMostly(long count, boolean isNamed) {
    return count > 0 && (isNamed ? 2 * count >= candidates() : 10 * count >= 9 * candidates());
  }

  /** Returns the least text that has a form; it is short. */
  String example(Form form) {
    return Optional.ofNullable(examples[form.place()]).orElse("");
  }

  double least(boolean hasComma) {
    return hasComma ? comma.least : point.least;
  }

  double largest(boolean hasComma) {
    return hasComma ? comma.largest : point.largest;
  }

  List<String> units() {
    return List.copyOf(units);
  }

  /**
   * Returns those of some patterns that read most values; none if these are too few.
   *
   * @param isNamed whether settings name the column, so that the majority is enough
   */
  List<String> bestOf(List<String> patterns, boolean isNamed) {
    long most = patterns.stream().mapToLong(this::patternCount).max().orElse(0);
    return isMostly(most, isNamed)
        ? patterns.stream().filter(each -> patternCount(each) == most).distinct().toList()
        : List.of();
  }

  private long patternCount(int pattern) {
    return counts[Form.COUNT + pattern];
  }

  /** Returns how many values a pattern reads. */
  long patternCount(String pattern) {
    return IntStream.range(0, forms.patterns())
        .filter(i -> forms.pattern(i).equals(pattern))
        .mapToLong(this::patternCount)
        .max()
        .orElse(0);
  }
}
