package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.Serializable;
import java.util.Arrays;
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

  /**
   * Returns ids that are these numbers.
   *
   * @param ids in any order; this method sorts them
   * @throws UserException if one occurs twice
   */
  static IdAssigner ofNumbers(JavaSparkContext spark, long[] ids, String column, String display) {
    Arrays.parallelSort(ids);
    for (int i = 1; i < ids.length; i++) {
      if (ids[i] == ids[i - 1]) {
        throw duplicate(Long.toString(ids[i]), column, display);
      }
    }
    boolean arePositions = ids.length > 0 && ids[0] == 0 && ids[ids.length - 1] == ids.length - 1;
    return new Numeric(
        arePositions ? new IdIndex.Identity() : new IdIndex.Sorted(spark.broadcast(ids)));
  }

  /**
   * Returns ids that are these strings.
   *
   * @param ids in any order; this method sorts them
   * @throws UserException if one occurs twice
   */
  static IdAssigner ofTexts(JavaSparkContext spark, String[] ids, String column, String display) {
    Arrays.parallelSort(ids);
    for (int i = 1; i < ids.length; i++) {
      if (ids[i].equals(ids[i - 1])) {
        throw duplicate(ids[i], column, display);
      }
    }
    return new Textual(spark.broadcast(ids));
  }

  private static UserException duplicate(String id, String column, String display) {
    return new UserException(
        ErrorCode.DATA_UNREADABLE,
        display + " has the id " + id + " twice in column " + column + "; ids must be unique");
  }
}
