package io.meanfield.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the cases of formats and counts their outcomes. */
@Command(
    name = "dev/fuzz",
    mixinStandardHelpOptions = true,
    description = "Reads mutated files of every format and appends the counts to a table.")
final class FuzzMain implements Callable<Integer> {
  /** The folder of the files of violations, and of the errors of child processes. */
  static final Path FOUND = Path.of("target", "fuzz");

  @Option(names = "--formats", split = ",", description = "The formats; default: all.")
  private List<String> formats = Stream.of(Format.values()).map(Format::display).toList();

  @Option(
      names = "--seeds",
      description = "FIRST..LAST; default: 1..10000, and 1..2000 of formats that Spark reads.")
  private Optional<String> seeds;

  @Option(names = "--table", description = "The table; default: ${DEFAULT-VALUE}.")
  private Path table = Path.of("target", "fuzz.tsv");

  @Option(names = "--commit", required = true, description = "The version of the sources.")
  private String commit;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new FuzzMain()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Files.createDirectories(FOUND);
    Path folder = Files.createTempDirectory("fuzz");
    int violations = 0;
    for (Format format : formats.stream().map(Format::of).toList()) {
      violations += run(format, folder);
    }
    FileUtils.deleteDirectory(folder.toFile());
    return violations == 0 ? 0 : 1;
  }

  private int run(Format format, Path folder) throws IOException {
    SeedRange range =
        seeds.map(SeedRange::parse).orElseGet(() -> new SeedRange(1, format.reader().fuzzed()));
    long start = System.nanoTime();
    Tally tally = FuzzProcesses.run(format, range, folder);
    double seconds = (System.nanoTime() - start) / 1e9;
    new FuzzTable(table, commit).append(format, range, tally, seconds);
    System.out.printf(
        "%-19s %s: %d accepted, %d refused, %d violations, %.1f s, %d MiB%n",
        format.display(),
        range,
        tally.accepted(),
        tally.refused(),
        tally.violations().size(),
        seconds,
        tally.peakMib());
    report(format, tally.violations());
    return tally.violations().size();
  }

  /** Returns where a child process keeps the file of a case. */
  static Path found(Format format, int seed) {
    return FOUND.resolve(format.display() + "-" + seed);
  }

  private static Map<String, List<Tally.Found>> byKind(List<Tally.Found> violations) {
    return violations.stream()
        .collect(
            Collectors.groupingBy(
                found -> found.violation().kind(), TreeMap::new, Collectors.toList()));
  }

  private static void report(Format format, List<Tally.Found> violations) throws IOException {
    for (List<Tally.Found> same : byKind(violations).values()) {
      Tally.Found first = same.get(0);
      System.out.printf("  %d cases: %s%n", same.size(), first.violation());
      System.out.printf("    %s: ", found(format, first.seed()));
      System.out.printf(
          "dev/fuzz --formats %s --seeds %d..%d%n", format.display(), first.seed(), first.seed());
      for (Tally.Found other : same.subList(1, same.size())) {
        Files.deleteIfExists(found(format, other.seed()));
      }
    }
  }
}
