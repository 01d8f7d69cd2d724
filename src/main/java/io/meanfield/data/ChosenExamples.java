package io.meanfield.data;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.random.SplitMix64;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;

/** Collects a few examples of a data set, the same ones for every partitioning. Driver only. */
public final class ChosenExamples {
  private ChosenExamples() {}

  /** Returns the place of an example, from 0 to 1, in a random order. */
  public static double place(long seed, long id) {
    return SplitMix64.uniform(SplitMix64.mix(seed) + id * SplitMix64.GOLDEN_GAMMA);
  }

  /**
   * Returns {@code most} different examples in a random order, or all if there are fewer.
   *
   * @param count the number of all examples
   */
  public static Examples random(JavaRDD<Examples> all, long count, int most, long seed) {
    // About twice as many as are needed, so that there are too few only with a negligible chance.
    double share = (2.0 * most + 20) / Math.max(1, count);
    List<Examples> drawn =
        new ArrayList<>(all.flatMap(block -> drawn(block, share, seed).iterator()).collect());
    drawn.sort(Comparator.comparingDouble(example -> place(seed, example.ids()[0])));
    return Examples.concatenated(drawn.subList(0, Math.min(most, drawn.size())));
  }

  private static Stream<Examples> drawn(Examples block, double share, long seed) {
    return IntStream.range(0, block.count())
        .filter(row -> place(seed, block.ids()[row]) < share)
        .mapToObj(row -> block.select(IntStream.of(row)));
  }

  /**
   * Returns the examples with these names, in the order of {@code names}. Reads every example.
   *
   * @throws UserException if a name belongs to no example
   */
  public static Examples named(Dataset data, List<String> names) {
    return inOrder(data, names, byName(data, names));
  }

  /** Returns those examples whose names are among these, by their names. Reads every example. */
  public static Map<String, Examples> byName(Dataset data, Collection<String> names) {
    Set<String> wanted = new HashSet<>(names);
    Map<String, Examples> found = new HashMap<>();
    data.blocks()
        .map(
            block ->
                block.select(
                    IntStream.range(0, block.count())
                        .filter(row -> wanted.contains(block.displayName(row)))))
        .flatMap(block -> block.parts(1).filter(part -> part.count() > 0).iterator())
        .collect()
        .forEach(example -> found.put(example.displayName(0), example));
    return found;
  }

  /**
   * Returns examples that were found in a data set in the order of {@code names}.
   *
   * @throws UserException if a name belongs to none of them
   */
  public static Examples inOrder(Dataset data, List<String> names, Map<String, Examples> found) {
    names.stream()
        .filter(name -> !found.containsKey(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw UserException.of(
                  ErrorCode.WRONG_ARGUMENTS,
                  "%s has no example %s among its %s; show --random 5 prints some of them with"
                      + " their ids",
                  data.display(),
                  name,
                  data.count());
            });
    return Examples.concatenated(names.stream().map(found::get).toList());
  }
}
