package io.meanfield.data.shard;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Examples;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import scala.Tuple2;

/**
 * Distributes examples to buckets, which are shards or blocks. Every example has a fixed bucket and
 * a fixed row there, so a bucket has the same bytes in whatever order its slices arrive.
 */
public final class ExampleShuffle {
  private ExampleShuffle() {}

  /** Determines the places of a block's examples. */
  @FunctionalInterface
  public interface Router {
    /** Names every place of the block's example {@code row}: none, one, or several. */
    void route(int row, Target place);
  }

  /** Receives a place. */
  @FunctionalInterface
  public interface Target {
    void accept(int bucket, int rowThere);
  }

  /** Examples for rows of one bucket. */
  @DefaultSerializer(JavaSerializer.class)
  public record ExampleSlice(int[] rows, Examples examples) implements Serializable {}

  /** The slices of a block, by bucket. */
  public static List<Tuple2<Integer, ExampleSlice>> partition(
      Examples block, int buckets, Router router) {
    int[] sizes = new int[buckets];
    for (int row = 0; row < block.count(); row++) {
      router.route(row, (bucket, rowThere) -> sizes[bucket]++);
    }
    ExampleSlice[] slices = new ExampleSlice[buckets];
    Arrays.setAll(
        slices, bucket -> new ExampleSlice(new int[sizes[bucket]], block.allocate(sizes[bucket])));
    int[] next = new int[buckets];
    for (int row = 0; row < block.count(); row++) {
      int from = row;
      router.route(
          row,
          (bucket, rowThere) -> {
            slices[bucket].rows()[next[bucket]] = rowThere;
            block.copyTo(slices[bucket].examples(), from, next[bucket]++);
          });
    }
    List<Tuple2<Integer, ExampleSlice>> filled = new ArrayList<>();
    for (int bucket = 0; bucket < buckets; bucket++) {
      if (sizes[bucket] > 0) {
        filled.add(new Tuple2<>(bucket, slices[bucket]));
      }
    }
    return filled;
  }

  /** A bucket that is filled slice by slice. */
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

    /** All of it; {@code name} is for the message if some of it is missing. */
    public Examples complete(String name) {
      if (missing != 0) {
        throw new IllegalStateException(name + " is incomplete: " + missing + " are missing");
      }
      return examples.orElseGet(Examples::empty);
    }
  }
}
