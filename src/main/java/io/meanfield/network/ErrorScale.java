package io.meanfield.network;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.List;

/**
 * The size of the errors of a predicted number, which follows the prediction: linear between
 * points, constant before the first and after the last.
 *
 * @param at predictions, ascending
 * @param sizes of the errors there, above 0
 */
@DefaultSerializer(JavaSerializer.class)
public record ErrorScale(List<Double> at, List<Double> sizes) implements Serializable {
  public ErrorScale {
    at = List.copyOf(at);
    sizes = List.copyOf(sizes);
    if (at.isEmpty() || at.size() != sizes.size()) {
      throw new IllegalArgumentException(
          "expected as many sizes as predictions, found " + at + " and " + sizes);
    }
    for (int i = 0; i < at.size(); i++) {
      boolean ascends = i == 0 || at.get(i - 1) < at.get(i);
      if (!ascends || !Double.isFinite(at.get(i)) || !(sizes.get(i) > 0)) {
        throw new IllegalArgumentException(
            "expected ascending predictions and sizes above 0, found " + at + " and " + sizes);
      }
    }
  }

  /** Returns the size of the errors of a prediction. */
  public double of(double prediction) {
    double size = sizes.get(0);
    for (int i = 0; i + 1 < at.size(); i++) {
      double width = at.get(i + 1) - at.get(i);
      size += slope(i) * Math.min(Math.max(prediction - at.get(i), 0), width);
    }
    return size;
  }

  /** Returns the slope behind a point; 0 behind the last. */
  public double slope(int point) {
    return point + 1 == at.size()
        ? 0
        : (sizes.get(point + 1) - sizes.get(point)) / (at.get(point + 1) - at.get(point));
  }
}
