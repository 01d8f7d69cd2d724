package io.meanfield.data.csv;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.ValueType;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Optional;

/** The numbers of a column's values by their type. Dates count as timestamps. */
@DefaultSerializer(JavaSerializer.class)
final class TypeCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final EnumMap<ValueType, Long> counts = new EnumMap<>(ValueType.class);

  /** Adds a value, unless it is missing or of no type. */
  void add(String text) {
    if (!ValueType.isMissing(text)) {
      ValueType.of(text)
          .map(type -> type.isTime() ? ValueType.TIMESTAMP : type)
          .ifPresent(type -> counts.merge(type, 1L, Long::sum));
    }
  }

  /** Adds the values of another part and returns this one. */
  TypeCounts plus(TypeCounts other) {
    other.counts.forEach((type, count) -> counts.merge(type, count, Long::sum));
    return this;
  }

  /** Returns the type of most values; a number if there are none. */
  ValueType mostFrequent() {
    Optional<ValueType> most = Optional.empty();
    for (ValueType type : counts.keySet()) { // in the order of the types, so that ties are decided
      if (most.isEmpty() || counts.get(type) > counts.get(most.get())) {
        most = Optional.of(type);
      }
    }
    return most.orElse(ValueType.NUMBER);
  }
}
