package io.meanfield.data.column;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Reads dates and timestamps in another form than that of ISO 8601.
 *
 * @param pattern of {@link DateTimeFormatter}, such as {@code dd.MM.yyyy HH:mm}
 */
@DefaultSerializer(JavaSerializer.class)
public record DateFormat(String pattern) implements Serializable {
  private static final ConcurrentMap<String, DateTimeFormatter> FORMATTERS =
      new ConcurrentHashMap<>();

  /** Returns whether a text is a pattern. */
  static boolean isValid(String pattern) {
    try {
      formatter(pattern);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static DateTimeFormatter formatter(String pattern) {
    return FORMATTERS.computeIfAbsent(
        pattern, text -> DateTimeFormatter.ofPattern(text, Locale.ROOT));
  }

  /** Returns a text in the form of ISO 8601; as it is if it does not have the pattern. */
  public String iso(String text) {
    try {
      return formatter(pattern)
          .parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from)
          .toString();
    } catch (DateTimeException e) {
      return text;
    }
  }
}
