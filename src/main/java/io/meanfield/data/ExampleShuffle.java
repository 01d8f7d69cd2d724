package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.ArrayList;
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
    /**
     * Passes each target of example {@code row} to {@code target}: none, one, or several. Called
     * twice for each example.
     */
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
    int[] sizes = new int[buckets];
    for (int row = 0; row < block.count(); row++) {
      router.route(row, (bucket, bucketRow) -> sizes[bucket]++);
    }
    ExampleSlice[] slices = new ExampleSlice[buckets];
    List<Tuple2<Integer, ExampleSlice>> filled = new ArrayList<>();
    for (int bucket = 0; bucket < buckets; bucket++) {
      if (sizes[bucket] > 0) {
        slices[bucket] = new ExampleSlice(new int[sizes[bucket]], block.allocate(sizes[bucket]));
        filled.add(new Tuple2<>(bucket, slices[bucket]));
      }
    }
    for (int row = 0; row < block.count(); row++) {
      int from = row;
      router.route(
          row,
          (bucket, bucketRow) -> {
            int place = slices[bucket].rows().length - sizes[bucket]--;
            slices[bucket].rows()[place] = bucketRow;
            block.copyTo(slices[bucket].examples(), from, place);
          });
    }
    return filled;
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
