package io.meanfield.data.frame;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.column.TextForm;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.encoding.DividingColumn;
import io.meanfield.random.SplitMix64;
import java.io.Serializable;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What the values of the column are that divides the rows of a table; travels to executors. A key
 * is a number: rows of one time or group have the same, and those of a later time a larger one.
 *
 * @param type of times
 * @param form of the texts of times
 */
@DefaultSerializer(JavaSerializer.class)
record DividingKey(DividingColumn source, ValueType type, TextForm form) implements Serializable {
  private static final long SEED = SplitMix64.mix(0x6209);

  static long ofTime(double time) {
    long bits = Double.doubleToLongBits(time + 0.0); // -0.0 is 0.0
    return bits ^ ((bits >> (Long.SIZE - 1)) & Long.MAX_VALUE);
  }

  static long ofGroup(String group) {
    UTF8String bytes = UTF8String.fromString(group);
    return XXH64.hashUnsafeBytes(
        bytes.getBaseObject(), bytes.getBaseOffset(), bytes.numBytes(), SEED);
  }
}
