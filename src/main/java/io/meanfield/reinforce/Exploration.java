package io.meanfield.reinforce;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.settings.Section;
import java.io.Serializable;

/**
 * The probability with which a worker takes a random action: it falls from 1 in equal steps (Mnih
 * et al. 2015, table 1).
 *
 * @param to the probability from step {@code steps} on
 * @param steps number of steps of a worker
 */
@DefaultSerializer(JavaSerializer.class)
record Exploration(double to, int steps) implements Serializable {
  static Exploration read(Section exploration) {
    return new Exploration(
        exploration.number("to", p -> p >= 0 && p <= 1, "a number from 0 to 1", 0),
        exploration.integer("steps", 1));
  }

  /** Returns epsilon in a step of a worker, from 0. */
  double epsilon(long step) {
    return step >= steps ? to : 1 + (to - 1) * step / steps;
  }
}
