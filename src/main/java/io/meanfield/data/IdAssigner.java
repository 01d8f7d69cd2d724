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

/** Assigns ids to the rows of a table; travels to the executors that read the rows. */
public sealed interface IdAssigner extends Serializable {
  /**
   * Returns the id of a row.
   *
   * @param text the text in the column of ids; empty if there is no such column
   * @param position the position of the row in the data set
   */
  long of(String text, long position);

  /** Returns whether the text of the id is kept beside its number. */
  default boolean hasExternalIds() {
    return false;
  }

  IdIndex.ById positions();

  /** The id of a row is its position. */
  @DefaultSerializer(JavaSerializer.class)
  record Positional(IdIndex.ById positions) implements IdAssigner {
    /** Ids of a table whose rows are all examples. */
    public Positional() {
      this(new IdIndex.Identity());
    }

    @Override
    public long of(String text, long position) {
      return position;
    }
  }

  /** Ids are integers in any order. */
  @DefaultSerializer(JavaSerializer.class)
  record Numeric(IdIndex.ById positions) implements IdAssigner {
    @Override
    public long of(String text, long position) {
      return Long.parseLong(text);
    }
  }

  /** Ids are strings; the number of a row is determined when the rows are sorted by their ids. */
  @DefaultSerializer(JavaSerializer.class)
  record Unranked() implements IdAssigner {
    @Override
    public long of(String text, long position) {
      return 0;
    }

    @Override
    public boolean hasExternalIds() {
      return true;
    }

    @Override
    public IdIndex.ById positions() {
      return new IdIndex.Identity();
    }
  }

  /**
   * Ids are strings; the number of a row is the rank of its string. All strings are kept in memory,
   * on the driver and on every executor.
   */
  @DefaultSerializer(JavaSerializer.class)
  record Textual(Broadcast<String[]> sorted) implements IdAssigner {
    @Override
    public long of(String text, long position) {
      return Arrays.binarySearch(sorted.value(), text);
    }

    @Override
    public boolean hasExternalIds() {
      return true;
    }

    @Override
    public IdIndex.ById positions() {
      return new IdIndex.Identity();
    }
  }

  /** Returns the ids of a column: numbers if all of them are integers, else strings. */
  static IdAssigner of(JavaSparkContext spark, List<String> texts, String column, String display) {
    return texts.stream().allMatch(IdAssigner::isInteger)
        ? numbers(spark, texts.stream().mapToLong(Long::parseLong).toArray(), column, display)
        : strings(spark, texts.toArray(String[]::new), column, display);
  }

  /** Returns ids that are these numbers, in any order; throws if one occurs twice. */
  private static IdAssigner numbers(
      JavaSparkContext spark, long[] ids, String column, String display) {
    long[] sorted = ids.clone();
    Arrays.parallelSort(sorted);
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        throw duplicate(Long.toString(sorted[i]), column, display);
      }
    }
    boolean arePositions =
        sorted.length > 0 && sorted[0] == 0 && sorted[sorted.length - 1] == sorted.length - 1;
    return new Numeric(
        arePositions ? new IdIndex.Identity() : new IdIndex.Sorted(spark.broadcast(sorted)));
  }

  /** Returns ids that are these strings, in any order; throws if one occurs twice. */
  private static IdAssigner strings(
      JavaSparkContext spark, String[] ids, String column, String display) {
    String[] sorted = ids.clone();
    Arrays.parallelSort(sorted);
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i].equals(sorted[i - 1])) {
        throw duplicate(sorted[i], column, display);
      }
    }
    return new Textual(spark.broadcast(sorted));
  }

  private static UserException duplicate(String id, String column, String display) {
    return new UserException(
        ErrorCode.DATA_UNREADABLE,
        display + " has the id " + id + " twice in column " + column + "; ids must be unique");
  }

  private static boolean isInteger(String text) {
    try {
      Long.parseLong(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
