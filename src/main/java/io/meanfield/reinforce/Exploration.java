package io.meanfield.reinforce;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.settings.Section;
import java.io.Serializable;

/**
 * The probability with which a worker takes a random action: it falls in equal steps (Mnih et al.
 * 2015, table 1).
 *
 * @param from the probability in the first step
 * @param to the probability from step {@code steps} on
 * @param steps number of steps of a worker
 */
@DefaultSerializer(JavaSerializer.class)
record Exploration(double from, double to, int steps) implements Serializable {
  static Exploration read(Section exploration) {
    return new Exploration(
        probability(exploration, "from"),
        probability(exploration, "to"),
        exploration.integer("steps", 1));
  }

  private static double probability(Section section, String key) {
    return section.number(key, p -> p >= 0 && p <= 1, "a number from 0 to 1", 0);
  }

  /** Returns epsilon in a step of a worker, from 0. */
  double epsilon(long step) {
    return step >= steps ? to : from + (to - from) * step / steps;
  }
}
