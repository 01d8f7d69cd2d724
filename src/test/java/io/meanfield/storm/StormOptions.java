package io.meanfield.storm;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The options of a storm.
 *
 * @param table the file to which the rows are appended
 */
record StormOptions(long first, long last, Path table) {
  private static final Pattern SEEDS = Pattern.compile("(\\d{1,9})\\.\\.(\\d{1,9})");
  private static final String USAGE =
      "expected --seeds FIRST..LAST [--table FILE], such as --seeds 1..300; found ";

  static StormOptions parse(String... arguments) {
    List<String> all = List.of(arguments);
    boolean isComplete =
        all.size() >= 2
            && all.get(0).equals("--seeds")
            && (all.size() == 2 || (all.size() == 4 && all.get(2).equals("--table")));
    Matcher seeds = SEEDS.matcher(isComplete ? all.get(1) : "");
    if (!seeds.matches()) {
      throw new IllegalArgumentException(USAGE + String.join(" ", all));
    }
    return new StormOptions(
        Long.parseLong(seeds.group(1)),
        Long.parseLong(seeds.group(2)),
        Path.of(all.size() == 4 ? all.get(3) : "target/storm.tsv"));
  }
}
