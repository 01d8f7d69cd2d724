package io.meanfield.data.table;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.column.ValueType;
import java.io.Serializable;
import java.util.List;

/**
 * What the values of a feature must be.
 *
 * @param types the type of the values; empty before the values have shown it
 * @param acceptsMissing whether a value may be missing
 */
@DefaultSerializer(JavaSerializer.class)
public record FeatureRule(String column, List<ValueType> types, boolean acceptsMissing)
    implements Serializable {
  /** Returns the rule of a column whose type is known. */
  public static FeatureRule of(FeatureColumn column) {
    return new FeatureRule(column.column(), List.of(column.type()), column.acceptsMissing());
  }

  /** Returns the same rule with the type of the values. */
  public FeatureRule withType(ValueType type) {
    return new FeatureRule(column, List.of(type), acceptsMissing);
  }

  /** Returns whether the values show their type. */
  public boolean isInferred() {
    return types.isEmpty();
  }

  /** The type, which must be known. */
  public ValueType type() {
    return types.get(0);
  }
}
