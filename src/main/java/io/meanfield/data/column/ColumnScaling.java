package io.meanfield.data.column;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * A change of scale: {@code (x - center) / divisor}.
 *
 * @param divisor positive; 1 for a column whose values are all the same
 */
@DefaultSerializer(JavaSerializer.class)
public record ColumnScaling(double center, double divisor) implements Serializable {
  public static final ColumnScaling NONE = new ColumnScaling(0, 1);

  public ColumnScaling {
    if (!Double.isFinite(center) || !(divisor > 0) || Double.isInfinite(divisor)) {
      throw new IllegalArgumentException(
          "a scaling needs a finite center and a positive divisor, found %s and %s"
              .formatted(center, divisor));
    }
  }

  /** Returns the scaling with this center; a spread of 0 divides by 1. */
  public static ColumnScaling of(double center, double spread) {
    return new ColumnScaling(center, spread > 0 ? spread : 1);
  }

  /** Returns the value whose scaled value this is. */
  double invert(double scaled) {
    return scaled * divisor + center;
  }

  /** Returns the scaled value. */
  public double apply(double value) {
    return (value - center) / divisor;
  }
}
