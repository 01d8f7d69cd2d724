package io.meanfield.pipeline.run;

import io.meanfield.data.Dataset;
import io.meanfield.network.layers.Shape;
import java.util.ArrayList;
import java.util.List;

/** The shapes in which a network can take the examples of a data set. */
final class ExampleShapes {
  private ExampleShapes() {}

  /**
   * Returns the shapes in the order of preference: a row of numbers and, of images, [height, width,
   * 1] and [height, width]. An image whose height is not known counts as square if it can be.
   */
  static List<List<Integer>> of(Dataset data) {
    List<List<Integer>> shapes = new ArrayList<>();
    shapes.add(List.of(data.width()));
    if (data.hasImages()) {
      Shape.of(data.shape())
          .image()
          .ifPresent(
              image -> {
                shapes.add(image.dimensions());
                shapes.add(List.of(image.height(), image.width()));
              });
    }
    return shapes;
  }
}
