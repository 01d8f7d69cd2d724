package io.meanfield.data;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.random.Permutation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import scala.Tuple2;

/** Collects a few examples of a data set for display; driver only. */
final class ExampleSampler {
  private static final long PURPOSE = 0x70_69_63_6bL; // a stream of random numbers of its own

  private ExampleSampler() {}

  /** Returns the examples with these names, in the order of {@code names}. */
  static Examples named(Dataset data, List<String> names) {
    Set<String> wanted = new HashSet<>(names);
    Map<String, Examples> found = new HashMap<>();
    data.blocks()
        .flatMap(block -> rows(block, row -> wanted.contains(block.displayName(row))).iterator())
        .collect()
        .forEach(example -> found.put(example.displayName(0), example));
    names.stream()
        .filter(name -> !found.containsKey(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw missingExample(name, data);
            });
    return concatenate(names.stream().map(found::get).toList());
  }

  /**
   * Returns {@code count} different examples, or all if there are fewer. The same seed returns the
   * same examples.
   */
  static Examples random(Dataset data, int count, long seed) {
    Permutation permutation = new Permutation(data.count(), Permutation.key(seed, PURPOSE));
    Map<Long, Integer> wanted = new HashMap<>();
    for (int i = 0; i < Math.min(count, data.count()); i++) {
      wanted.put(permutation.apply(i), i);
    }
    List<TestRows> rows = data.testRows().stream().toList(); // an Optional cannot travel
    List<Tuple2<Integer, Examples>> found =
        new ArrayList<>(
            data.blocks().flatMap(block -> wanted(block, rows, wanted).iterator()).collect());
    found.sort(Comparator.comparing(Tuple2::_1));
    return concatenate(found.stream().map(Tuple2::_2).toList());
  }

  private static List<Tuple2<Integer, Examples>> wanted(
      Examples block, List<TestRows> rows, Map<Long, Integer> order) {
    List<Tuple2<Integer, Examples>> found = new ArrayList<>();
    for (int row = 0; row < block.count(); row++) {
      long id = block.ids()[row];
      Integer place = order.get(rows.stream().map(test -> test.rank(id)).findFirst().orElse(id));
      if (place != null) {
        found.add(new Tuple2<>(place, one(block, row)));
      }
    }
    return found;
  }

  private static Examples one(Examples block, int row) {
    Examples one = block.allocate(1);
    block.copyTo(one, row, 0);
    return one;
  }

  /** Selects rows. */
  private interface RowFilter {
    boolean accepts(int row);
  }

  private static List<Examples> rows(Examples block, RowFilter wanted) {
    List<Examples> rows = new ArrayList<>();
    for (int row = 0; row < block.count(); row++) {
      if (wanted.accepts(row)) {
        rows.add(one(block, row));
      }
    }
    return rows;
  }

  private static Examples concatenate(List<Examples> examples) {
    Examples all = examples.get(0).allocate(examples.size());
    for (int i = 0; i < examples.size(); i++) {
      examples.get(i).copyTo(all, 0, i);
    }
    return all;
  }

  private static UserException missingExample(String name, Dataset data) {
    return new UserException(
        ErrorCode.WRONG_ARGUMENTS,
        data.display()
            + " has no example "
            + name
            + " among its "
            + data.count()
            + "; --random 5 shows some of them with their ids");
  }
}
