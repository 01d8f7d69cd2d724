package io.meanfield.train.augment;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.settings.Section;
import java.io.Serializable;

/**
 * By how much training images are moved at most, anew in every epoch: each is shifted, turned and
 * scaled by numbers drawn evenly between the negative and the positive limit. Networks are
 * validated and tested on the images as they are.
 *
 * @param shift in pixels, down and across
 * @param rotate in degrees, about the middle
 * @param zoom as a share of the size: 0.1 for 0.9 to 1.1 times
 */
@DefaultSerializer(JavaSerializer.class)
public record Augmentation(double shift, double rotate, double zoom) implements Serializable {
  /** Images stay as they are. */
  public static final Augmentation OFF = new Augmentation(0, 0, 0);

  /** Whether images stay as they are. */
  public boolean isOff() {
    return equals(OFF);
  }

  public static Augmentation read(Section augment) {
    return new Augmentation(
        augment.requiredNumber(
            "shift", pixels -> pixels >= 0 && pixels <= 100, "between 0 and 100 pixels", 0),
        augment.requiredNumber(
            "rotate", degrees -> degrees >= 0 && degrees <= 180, "between 0 and 180 degrees", 0),
        augment.requiredNumber(
            "zoom", share -> share >= 0 && share <= 0.5, "between 0 and 0.5", 0));
  }
}
