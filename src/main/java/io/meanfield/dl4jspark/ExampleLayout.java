package io.meanfield.dl4jspark;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The shapes of one example's arrays, in the order of a row: features, labels, features mask,
 * labels mask. Shapes omit the batch dimension; a missing mask has shape [0].
 */
@DefaultSerializer(JavaSerializer.class)
record ExampleLayout(List<List<Long>> shapes) implements Serializable {
  private static final List<Long> ABSENT = List.of(0L);

  /** The layout of a shard without examples. */
  static final ExampleLayout NONE = new ExampleLayout(List.of(ABSENT, ABSENT, ABSENT, ABSENT));

  static ExampleLayout of(DataSet data) {
    return new ExampleLayout(arrays(data).stream().map(ExampleLayout::shape).toList());
  }

  /** Returns the arrays of a DataSet in this order; as in DL4J, null for a missing mask. */
  static List<INDArray> arrays(DataSet data) {
    return Arrays.asList(
        data.getFeatures(),
        data.getLabels(),
        data.getFeaturesMaskArray(),
        data.getLabelsMaskArray());
  }

  private static List<Long> shape(INDArray array) {
    return array == null ? ABSENT : Arrays.stream(array.shape()).skip(1).boxed().toList();
  }

  /** Returns the number of values that an example has in array {@code part}. */
  int width(int part) {
    return Math.toIntExact(shapes.get(part).stream().reduce(1L, Math::multiplyExact));
  }

  /** Returns the number of values of an example. */
  int width() {
    int width = 0;
    for (int part = 0; part < shapes.size(); part++) {
      width = Math.addExact(width, width(part));
    }
    return width;
  }

  /** Returns the shape of array {@code part} for {@code size} examples. */
  long[] batch(int part, int size) {
    List<Long> shape = shapes.get(part);
    long[] batch = new long[shape.size() + 1];
    batch[0] = size;
    for (int i = 0; i < shape.size(); i++) {
      batch[i + 1] = shape.get(i);
    }
    return batch;
  }

  /**
   * Throws if the other layout differs, because a minibatch may contain examples of several
   * DataSets.
   */
  void requireSame(ExampleLayout other) {
    if (!equals(other)) {
      throw UserException.of(
          ErrorCode.DATA_UNREADABLE,
          "all examples of a fit must have the same shapes, found %s and %s; pad sequences to one"
              + " length and give every DataSet a mask",
          this,
          other);
    }
  }

  @Override
  public String toString() {
    String masks = masked(2) || masked(3) ? ", masks %s and %s".formatted(mask(2), mask(3)) : "";
    return "features %s with labels %s%s".formatted(shapes.get(0), shapes.get(1), masks);
  }

  private boolean masked(int part) {
    return width(part) > 0;
  }

  private String mask(int part) {
    return masked(part) ? shapes.get(part).toString() : "none";
  }
}
