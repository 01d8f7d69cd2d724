package io.meanfield.gate;

import java.util.List;

/**
 * What is known of images beside their brightness, which is a column of numbers.
 *
 * @param shape height and width
 * @param pixels the values of all pixels, 0 to 255
 * @param constantPixels the number of pixels of the shape that are the same in all images
 */
public record ImageProfile(List<Integer> shape, Histogram pixels, long constantPixels) {
  double constantShare() {
    return constantPixels / (double) shape.stream().reduce(1, Math::multiplyExact);
  }
}
