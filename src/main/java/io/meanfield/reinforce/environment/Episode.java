package io.meanfield.reinforce.environment;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * An episode that has not ended.
 *
 * @param number from 1, of its worker
 * @param state of the environment
 * @param steps so far
 * @param rewards the sum so far
 */
@DefaultSerializer(JavaSerializer.class)
public record Episode(int number, double[] state, int steps, double rewards)
    implements Serializable {
  /** Returns the episode after a step. */
  public Episode after(Environment.Step step) {
    return new Episode(number, step.state(), steps + 1, rewards + step.reward());
  }
}
