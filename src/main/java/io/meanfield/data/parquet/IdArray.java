package io.meanfield.data.parquet;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The ids of some rows: all integers or all strings. */
sealed interface IdArray extends Serializable {
  int length();

  /** Returns the same ids in ascending order. */
  IdArray sorted();

  /** Returns the ids at these indexes. */
  IdArray at(int[] indexes);

  /**
   * Returns the number of ids that are smaller than an id of other ones, or equal to it.
   *
   * @param other ids of the same type; these ids are in ascending order
   */
  int countUpTo(IdArray other, int index);

  /** Returns whether an id equals the one before it. */
  boolean repeats(int index);

  String text(int index);

  /** Returns the ids of some arrays of this type, one after the other. */
  IdArray join(List<IdArray> arrays);

  /** Returns the first id that equals the one before it, as text; the ids are in order. */
  default Optional<String> repeated() {
    for (int i = 1; i < length(); i++) {
      if (repeats(i)) {
        return Optional.of(text(i));
      }
    }
    return Optional.empty();
  }

  /** Integers. */
  @DefaultSerializer(JavaSerializer.class)
  record Numbers(long[] ids) implements IdArray {
    @Override
    public int length() {
      return ids.length;
    }

    @Override
    public Numbers sorted() {
      long[] sorted = ids.clone();
      Arrays.sort(sorted);
      return new Numbers(sorted);
    }

    @Override
    public Numbers at(int[] indexes) {
      return new Numbers(Arrays.stream(indexes).mapToLong(i -> ids[i]).toArray());
    }

    @Override
    public int countUpTo(IdArray other, int index) {
      return end(Arrays.binarySearch(ids, ((Numbers) other).ids[index]));
    }

    @Override
    public boolean repeats(int index) {
      return ids[index] == ids[index - 1];
    }

    @Override
    public String text(int index) {
      return Long.toString(ids[index]);
    }

    @Override
    public Numbers join(List<IdArray> arrays) {
      return new Numbers(
          arrays.stream().flatMapToLong(array -> Arrays.stream(((Numbers) array).ids)).toArray());
    }
  }

  /** Strings. */
  @DefaultSerializer(JavaSerializer.class)
  record Names(String[] ids) implements IdArray {
    @Override
    public int length() {
      return ids.length;
    }

    @Override
    public Names sorted() {
      String[] sorted = ids.clone();
      Arrays.sort(sorted);
      return new Names(sorted);
    }

    @Override
    public Names at(int[] indexes) {
      return new Names(Arrays.stream(indexes).mapToObj(i -> ids[i]).toArray(String[]::new));
    }

    @Override
    public int countUpTo(IdArray other, int index) {
      return end(Arrays.binarySearch(ids, ((Names) other).ids[index]));
    }

    @Override
    public boolean repeats(int index) {
      return ids[index].equals(ids[index - 1]);
    }

    @Override
    public String text(int index) {
      return ids[index];
    }

    @Override
    public Names join(List<IdArray> arrays) {
      return new Names(
          arrays.stream()
              .flatMap(array -> Arrays.stream(((Names) array).ids))
              .toArray(String[]::new));
    }
  }

  private static int end(int found) {
    return found >= 0 ? found + 1 : -found - 1;
  }
}
