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
 * Examples dealt out to piles. Every example knows its pile and its row there, so a pile has the
 * same bytes in whatever order its pieces arrive.
 */
public final class ExampleShuffle {
  private ExampleShuffle() {}

  /** Where the examples of a block go. */
  @FunctionalInterface
  public interface Router {
    /** Names every place of the block's example {@code row}: none, one, or several. */
    void route(int row, Target place);
  }

  /** Is told a place. */
  @FunctionalInterface
  public interface Target {
    void accept(int pile, int rowThere);
  }

  /** Examples on their way to rows of one pile. */
  @DefaultSerializer(JavaSerializer.class)
  public record ExampleSlice(int[] rows, Examples examples) implements Serializable {}

  /** The pieces of a block, by pile. */
  public static List<Tuple2<Integer, ExampleSlice>> partition(
      Examples block, int piles, Router places) {
    int[] sizes = new int[piles];
    for (int row = 0; row < block.count(); row++) {
      places.route(row, (pile, rowThere) -> sizes[pile]++);
    }
    ExampleSlice[] pieces = new ExampleSlice[piles];
    Arrays.setAll(
        pieces, pile -> new ExampleSlice(new int[sizes[pile]], block.allocate(sizes[pile])));
    int[] next = new int[piles];
    for (int row = 0; row < block.count(); row++) {
      int from = row;
      places.route(
          row,
          (pile, rowThere) -> {
            pieces[pile].rows()[next[pile]] = rowThere;
            block.copyTo(pieces[pile].examples(), from, next[pile]++);
          });
    }
    List<Tuple2<Integer, ExampleSlice>> dealt = new ArrayList<>();
    for (int pile = 0; pile < piles; pile++) {
      if (sizes[pile] > 0) {
        dealt.add(new Tuple2<>(pile, pieces[pile]));
      }
    }
    return dealt;
  }

  /** A pile that grows piece by piece. */
  public static final class ShardBuilder {
    private final int size;
    private Optional<Examples> examples = Optional.empty();
    private int missing;

    public ShardBuilder(int size) {
      this.size = size;
      this.missing = size;
    }

    public void add(ExampleSlice piece) {
      Examples target = examples.orElseGet(() -> piece.examples().allocate(size));
      examples = Optional.of(target);
      for (int i = 0; i < piece.examples().count(); i++) {
        piece.examples().copyTo(target, i, piece.rows()[i]);
      }
      missing -= piece.examples().count();
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
