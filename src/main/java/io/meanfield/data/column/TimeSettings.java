package io.meanfield.data.column;

import io.meanfield.settings.Section;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The inputs that dates and timestamps become.
 *
 * @param format the form of dates and timestamps in texts; empty for ISO 8601
 * @param cyclic the parts that become a point on a circle, in their own order
 * @param categories the parts that become one input for each value or are embedded, in their own
 *     order
 */
public record TimeSettings(
    Optional<String> format, List<DatePart> cyclic, List<DatePart> categories) {
  /** The day from which days count, 2000-01-01, in days since 1970-01-01. */
  public static final long ORIGIN = LocalDate.of(2000, 1, 1).toEpochDay();

  static final TimeSettings NONE = new TimeSettings(Optional.empty(), List.of(), List.of());

  static TimeSettings read(Section dates) {
    return new TimeSettings(format(dates), parts(dates, "cyclic"), parts(dates, "categorical"));
  }

  private static Optional<String> format(Section dates) {
    Optional<String> format = dates.optionalString("format");
    if (format.isPresent() && !DateFormat.isValid(format.get())) {
      dates.invalid("format", "a pattern of java.time, such as dd.MM.yyyy");
      return Optional.empty();
    }
    return format;
  }

  private static List<DatePart> parts(Section dates, String key) {
    List<String> names = dates.optionalStrings(key);
    Set<DatePart> parts = EnumSet.noneOf(DatePart.class);
    List<DatePart> all = new ArrayList<>(Arrays.asList(DatePart.values()));
    all.stream().filter(part -> names.contains(part.toString())).forEach(parts::add);
    if (parts.size() != names.size()) {
      dates.invalid(
          key,
          "a list without repetition of "
              + all.stream().map(DatePart::toString).collect(Collectors.joining(", ")));
    }
    return List.copyOf(parts);
  }

  /** Returns the cyclic parts that values of a type have; a date has no minute. */
  public List<DatePart> cyclicParts(ValueType type) {
    return of(type, cyclic);
  }

  /** Returns the parts that become categories of values of a type. */
  public List<DatePart> categoricalParts(ValueType type) {
    return of(type, categories);
  }

  private static List<DatePart> of(ValueType type, List<DatePart> parts) {
    return parts.stream()
        .filter(part -> type == ValueType.TIMESTAMP || part != DatePart.MINUTE_OF_DAY)
        .toList();
  }
}
