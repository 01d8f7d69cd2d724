package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** How the rows of a table get their ids; travels to where rows are read. */
public sealed interface IdAssigner extends Serializable {
  /** The id of a row. */
  long of(String written, long position);

  /** Whether the text of the id is kept beside its number. */
  default boolean hasExternalIds() {
    return false;
  }

  IdIndex positions();

  /** Ids are positions. */
  @DefaultSerializer(JavaSerializer.class)
  record Positional() implements IdAssigner {
    @Override
    public long of(String written, long position) {
      return position;
    }

    @Override
    public IdIndex positions() {
      return new IdIndex.Identity();
    }
  }

  /** Ids are whole numbers in any order. */
  @DefaultSerializer(JavaSerializer.class)
  record Numeric(IdIndex positions) implements IdAssigner {
    @Override
    public long of(String written, long position) {
      return Long.parseLong(written);
    }
  }

  /**
   * Ids are texts; a row's number is the rank of its text. Costs the texts, on the driver and on
   * every executor.
   */
  @DefaultSerializer(JavaSerializer.class)
  record Textual(Broadcast<String[]> sorted) implements IdAssigner {
    @Override
    public long of(String written, long position) {
      return Arrays.binarySearch(sorted.value(), written);
    }

    @Override
    public boolean hasExternalIds() {
      return true;
    }

    @Override
    public IdIndex positions() {
      return new IdIndex.Identity();
    }
  }

  /** Ids from a column: numbers if all of them are whole numbers, else texts. */
  static IdAssigner of(
      JavaSparkContext spark, List<String> written, String column, String display) {
    return written.stream().allMatch(IdAssigner::isWhole)
        ? numbers(spark, written.stream().mapToLong(Long::parseLong).toArray(), column, display)
        : texts(spark, written.toArray(String[]::new), column, display);
  }

  /** Ids that are these numbers, in any order; throws if one occurs twice. */
  static IdAssigner numbers(JavaSparkContext spark, long[] ids, String column, String display) {
    long[] sorted = ids.clone();
    Arrays.parallelSort(sorted);
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        throw twice(Long.toString(sorted[i]), column, display);
      }
    }
    boolean positions =
        sorted.length > 0 && sorted[0] == 0 && sorted[sorted.length - 1] == sorted.length - 1;
    return new Numeric(
        positions ? new IdIndex.Identity() : new IdIndex.Sorted(spark.broadcast(sorted)));
  }

  /** Ids that are these texts, in any order; throws if one occurs twice. */
  static IdAssigner texts(JavaSparkContext spark, String[] ids, String column, String display) {
    String[] sorted = ids.clone();
    Arrays.parallelSort(sorted);
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i].equals(sorted[i - 1])) {
        throw twice(sorted[i], column, display);
      }
    }
    return new Textual(spark.broadcast(sorted));
  }

  private static UserException twice(String id, String column, String display) {
    return new UserException(
        ErrorCode.DATA_UNREADABLE,
        display + " has the id " + id + " twice in column " + column + "; ids must be unique");
  }

  private static boolean isWhole(String written) {
    try {
      Long.parseLong(written);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
