package io.meanfield.data.csv;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.IdAssigner;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The ids of the rows of a file, in their order.
 *
 * @param numbers the ids before the first that is not written as Java writes an integer
 * @param texts that one and all after it
 */
@DefaultSerializer(JavaSerializer.class)
record CsvIds(long[] numbers, List<String> texts) implements Serializable {

  /** Receives the ids of the rows. */
  static final class Collector {
    private final LongStream.Builder numbers = LongStream.builder();
    private final List<String> texts = new ArrayList<>();

    void add(String id) {
      OptionalLong number = texts.isEmpty() ? integer(id) : OptionalLong.empty();
      // The text of another spelling, such as 007, is the id if other ids are no integers.
      if (number.isPresent() && Long.toString(number.getAsLong()).equals(id)) {
        numbers.add(number.getAsLong());
      } else {
        texts.add(id);
      }
    }

    CsvIds ids() {
      return new CsvIds(numbers.build().toArray(), texts);
    }
  }

  /** Returns ids that are numbers if those of all files are integers, else strings; driver only. */
  static IdAssigner assigner(
      List<CsvIds> files, JavaSparkContext spark, String column, String display) {
    boolean areIntegers =
        files.stream().flatMap(ids -> ids.texts.stream()).allMatch(id -> integer(id).isPresent());
    return areIntegers
        ? IdAssigner.ofNumbers(spark, numbers(files), column, display)
        : IdAssigner.ofTexts(
            spark, files.stream().flatMap(CsvIds::strings).toArray(String[]::new), column, display);
  }

  private static long[] numbers(List<CsvIds> files) {
    long[] all = new long[files.stream().mapToInt(CsvIds::count).reduce(0, Math::addExact)];
    int next = 0;
    for (CsvIds ids : files) {
      System.arraycopy(ids.numbers, 0, all, next, ids.numbers.length);
      next += ids.numbers.length;
      for (String text : ids.texts) {
        all[next++] = Long.parseLong(text);
      }
    }
    return all;
  }

  private int count() {
    return numbers.length + texts.size();
  }

  private Stream<String> strings() {
    return Stream.concat(Arrays.stream(numbers).mapToObj(Long::toString), texts.stream());
  }

  private static OptionalLong integer(String id) {
    try {
      return OptionalLong.of(Long.parseLong(id));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
