package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.ValueType;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the texts of a column mean: how many of them have which type. */
@DefaultSerializer(JavaSerializer.class)
final class TextColumn implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int MOST_COUNTED = 1_000;

  private final EnumMap<ValueType, Long> types = new EnumMap<>(ValueType.class);
  private final Set<String> texts = new HashSet<>();
  private long untyped;

  /** Adds a value, unless it is missing. */
  void add(String text) {
    if (!ValueType.isMissing(text)) {
      ValueType.of(text).ifPresentOrElse(type -> types.merge(type, 1L, Long::sum), () -> untyped++);
      addText(text);
    }
  }

  private void addText(String text) {
    if (texts.size() <= MOST_COUNTED) {
      texts.add(text);
    }
  }

  /** Adds the values of another part and returns this one. */
  TextColumn plus(TextColumn other) {
    other.types.forEach((type, count) -> types.merge(type, count, Long::sum));
    other.texts.forEach(this::addText);
    untyped += other.untyped;
    return this;
  }

  /** Returns whether most values are neither numbers nor truth values nor times. */
  boolean isText() {
    return untyped > types.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns whether no row has a value. */
  boolean isEmpty() {
    return texts.isEmpty();
  }

  /** Returns the number of different values in words. */
  String differentValues() {
    return (texts.size() > MOST_COUNTED ? "more than " + MOST_COUNTED : texts.size())
        + " different value"
        + (texts.size() == 1 ? "" : "s");
  }

  /** Returns the type of most values, of several the first; a number if there are none. */
  ValueType type() {
    EnumMap<ValueType, Long> counts = new EnumMap<>(types);
    if (counts.containsKey(ValueType.TIMESTAMP)) { // dates are timestamps, too
      Long dates = Optional.ofNullable(counts.remove(ValueType.DATE)).orElse(0L);
      counts.merge(ValueType.TIMESTAMP, dates, Long::sum);
    }
    return counts.entrySet().stream()
        .max(
            Map.Entry.<ValueType, Long>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(java.util.Comparator.reverseOrder())))
        .map(Map.Entry::getKey)
        .orElse(ValueType.NUMBER);
  }
}
