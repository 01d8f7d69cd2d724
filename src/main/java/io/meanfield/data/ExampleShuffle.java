package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import scala.Tuple2;

/**
 * Distributes examples to buckets, which are shards or blocks. Every example has a fixed bucket and
 * a fixed row in it, so the order in which slices arrive does not change the bytes of a bucket.
 */
public final class ExampleShuffle {
  private ExampleShuffle() {}

  /** Chooses the buckets and rows of the examples of a block. */
  @FunctionalInterface
  public interface Router {
    /** Passes each target of example {@code row} to {@code target}: none, one, or several. */
    void route(int row, Target target);
  }

  /** Receives a bucket and a row in it. */
  @FunctionalInterface
  public interface Target {
    void accept(int bucket, int bucketRow);
  }

  /** Examples for given rows of one bucket. */
  @DefaultSerializer(JavaSerializer.class)
  public record ExampleSlice(int[] rows, Examples examples) implements Serializable {}

  /** Returns the slices of a block by bucket, without empty ones. */
  public static List<Tuple2<Integer, ExampleSlice>> partition(
      Examples block, int buckets, Router router) {
    Routes routes = Routes.of(block.count(), router);
    ExampleSlice[] slices = new ExampleSlice[buckets];
    List<Tuple2<Integer, ExampleSlice>> filled = new ArrayList<>();
    int[] sizes = routes.sizes(buckets);
    for (int bucket = 0; bucket < buckets; bucket++) {
      if (sizes[bucket] > 0) {
        slices[bucket] = new ExampleSlice(new int[sizes[bucket]], block.allocate(sizes[bucket]));
        filled.add(new Tuple2<>(bucket, slices[bucket]));
      }
    }
    int[] next = new int[buckets];
    for (int i = 0; i < routes.count; i++) {
      ExampleSlice slice = slices[routes.buckets[i]];
      int place = next[routes.buckets[i]]++;
      slice.rows()[place] = routes.bucketRows[i];
      block.copyTo(slice.examples(), routes.rows[i], place);
    }
    return filled;
  }

  /** Where the examples of a block go, in the order of the examples. */
  private static final class Routes {
    private int[] rows;
    private int[] buckets;
    private int[] bucketRows;
    private int count;

    private Routes(int capacity) {
      rows = new int[capacity];
      buckets = new int[capacity];
      bucketRows = new int[capacity];
    }

    static Routes of(int examples, Router router) {
      Routes routes = new Routes(examples);
      for (int row = 0; row < examples; row++) {
        int from = row;
        router.route(row, (bucket, bucketRow) -> routes.add(from, bucket, bucketRow));
      }
      return routes;
    }

    private void add(int row, int bucket, int bucketRow) {
      if (count == rows.length) { // an example may have several targets
        rows = Arrays.copyOf(rows, 2 * count + 1);
        buckets = Arrays.copyOf(buckets, rows.length);
        bucketRows = Arrays.copyOf(bucketRows, rows.length);
      }
      rows[count] = row;
      buckets[count] = bucket;
      bucketRows[count++] = bucketRow;
    }

    int[] sizes(int buckets) {
      int[] sizes = new int[buckets];
      for (int i = 0; i < count; i++) {
        sizes[this.buckets[i]]++;
      }
      return sizes;
    }
  }

  /** Collects the slices of one bucket. */
  public static final class ShardBuilder {
    private final int size;
    private Optional<Examples> examples = Optional.empty();
    private int missing;

    public ShardBuilder(int size) {
      this.size = size;
      this.missing = size;
    }

    public void add(ExampleSlice slice) {
      Examples target = examples.orElseGet(() -> slice.examples().allocate(size));
      examples = Optional.of(target);
      for (int i = 0; i < slice.examples().count(); i++) {
        slice.examples().copyTo(target, i, slice.rows()[i]);
      }
      missing -= slice.examples().count();
    }

    /** Returns whether as many examples were added as the bucket has rows. */
    public boolean isComplete() {
      return missing == 0;
    }

    /**
     * Returns the complete bucket.
     *
     * @param name the name of the bucket, for the message if examples are missing
     */
    public Examples complete(String name) {
      if (!isComplete()) {
        throw new IllegalStateException(name + " is incomplete: " + missing + " are missing");
      }
      return examples.orElseGet(Examples::empty);
    }
  }
}
