package io.meanfield.data.parquet.rowgroup;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.Optional;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * A column that is read.
 *
 * @param array whether a value is an array of {@code kind}
 */
@DefaultSerializer(JavaSerializer.class)
public record FileColumn(String name, ValueKind kind, boolean array) implements Serializable {

  /** Returns whether a file has this column with this type. */
  boolean isIn(MessageType file) {
    return file.containsField(name) && of(file.getType(name)).equals(Optional.of(this));
  }

  private static Optional<FileColumn> of(Type type) {
    if (type.isPrimitive()) {
      return type.isRepetition(Type.Repetition.REPEATED)
          ? Optional.empty()
          : ValueKind.of(type.asPrimitiveType())
              .map(kind -> new FileColumn(type.getName(), kind, false));
    }
    return LogicalTypeAnnotation.listType().equals(type.getLogicalTypeAnnotation())
        ? element(type.asGroupType()).map(kind -> new FileColumn(type.getName(), kind, true))
        : Optional.empty();
  }

  // A list of three levels: the group, a repeated group "list" and a primitive "element".
  private static Optional<ValueKind> element(GroupType list) {
    if (list.getFieldCount() != 1 || list.isRepetition(Type.Repetition.REPEATED)) {
      return Optional.empty();
    }
    Type repeated = list.getType(0);
    boolean hasThreeLevels =
        repeated.isRepetition(Type.Repetition.REPEATED)
            && !repeated.isPrimitive()
            && repeated.getName().equals("list")
            && repeated.asGroupType().getFieldCount() == 1
            && repeated.asGroupType().getType(0).isPrimitive();
    return hasThreeLevels
        ? ValueKind.of(repeated.asGroupType().getType(0).asPrimitiveType())
        : Optional.empty();
  }
}
