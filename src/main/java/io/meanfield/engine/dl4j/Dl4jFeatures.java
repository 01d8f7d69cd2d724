package io.meanfield.engine.dl4j;

import io.meanfield.network.NetworkSettings;
import io.meanfield.network.layers.Shape;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Arranges the features of examples as DL4J's layers take them. */
final class Dl4jFeatures {
  private Dl4jFeatures() {}

  /**
   * Returns the features in DL4J's order: [size, channels, height, width] for images, [size,
   * features, steps] for sequences, [size, inputs] for rows.
   *
   * @param features [size, inputs] in the order of the shape of an example; may be longer
   */
  static INDArray of(NetworkSettings network, float[] features, int size) {
    INDArray rows = matrix(features, size, network.inputs());
    Shape input = network.exampleShape();
    if (input instanceof Shape.Image image) {
      return rows.reshape('c', size, image.height(), image.width(), image.channels())
          .permute(0, 3, 1, 2)
          .dup('c');
    }
    if (input instanceof Shape.Sequence sequence) {
      return rows.reshape('c', size, sequence.steps(), sequence.features())
          .permute(0, 2, 1)
          .dup('f');
    }
    return rows;
  }

  /** Returns the first {@code rows * columns} numbers as a matrix. */
  static INDArray matrix(float[] values, int rows, int columns) {
    return Nd4j.create(Arrays.copyOf(values, rows * columns), new int[] {rows, columns}, 'c');
  }
}
