package io.meanfield.pipeline.page;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The names of classes; a class without a name is called by its number. */
record ClassNames(Map<Integer, String> names) {
  String of(int cls) {
    String name = names.getOrDefault(cls, "");
    return name.isBlank() ? Integer.toString(cls) : name;
  }

  /** Returns the names of the classes 0 to {@code count} - 1, all different. */
  List<String> all(int count) {
    List<String> all = IntStream.range(0, count).mapToObj(this::of).toList();
    return all.stream().distinct().count() == count
        ? all
        : IntStream.range(0, count).mapToObj(cls -> all.get(cls) + " (" + cls + ")").toList();
  }
}
