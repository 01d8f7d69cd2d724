package io.meanfield.train.augment;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.network.layers.Shape;
import io.meanfield.settings.Section;
import java.io.Serializable;
import java.util.List;

/**
 * The limits of the random transformations of training images. In every epoch each image is
 * shifted, rotated and zoomed by new random numbers, uniform between the negative and the positive
 * limit. Images for validation and tests are not transformed.
 *
 * @param shift in pixels, vertically and horizontally
 * @param rotate in degrees, about the centre
 * @param zoom as a fraction of the size: 0.1 for factors from 0.9 to 1.1
 */
@DefaultSerializer(JavaSerializer.class)
public record Augmentation(double shift, double rotate, double zoom) implements Serializable {
  /** No augmentation. */
  public static final Augmentation OFF = new Augmentation(0, 0, 0);

  /** Returns whether images are left unchanged. */
  public boolean isOff() {
    return equals(OFF);
  }

  public static Augmentation read(Section augment) {
    return new Augmentation(
        augment.number(
            "shift", pixels -> pixels >= 0 && pixels <= 100, "between 0 and 100 pixels", 0),
        augment.number(
            "rotate", degrees -> degrees >= 0 && degrees <= 180, "between 0 and 180 degrees", 0),
        augment.number(
            "zoom", fraction -> fraction >= 0 && fraction <= 0.5, "between 0 and 0.5", 0));
  }

  /**
   * Adds a problem to the settings of a network unless its input can be images.
   *
   * @param input the shape; empty if it is not known
   */
  public void check(Section network, List<Integer> input) {
    // NetworkSettings reports an input of more than three dimensions.
    if (!isOff() && !input.isEmpty() && input.size() <= 3 && Shape.of(input).image().isEmpty()) {
      network.invalid(
          "input",
          "a square number or [height, width, channels], because train.augment moves images");
    }
  }
}
