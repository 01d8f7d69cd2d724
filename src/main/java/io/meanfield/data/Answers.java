package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;

/**
 * What a data set says about each of its examples.
 *
 * @param numbers how many it says, 0 for one class
 * @param whyUnknown completes a sentence that begins with where the examples are; empty if they
 *     have answers
 */
@DefaultSerializer(JavaSerializer.class) // Kryo 4 cannot write the final fields of a record
public record Answers(int numbers, String whyUnknown) implements Serializable {
  /** A class for each example. */
  static final Answers CLASSES = new Answers(0, "");

  static Answers of(int numbers) {
    return new Answers(numbers, "");
  }

  /** The same kind of answers, which are not there. */
  Answers missing(String why) {
    return new Answers(numbers, why);
  }

  boolean known() {
    return whyUnknown.isEmpty();
  }

  /** Whether each example has a class, and not numbers. */
  public boolean areClasses() {
    return numbers == 0;
  }
}
