package io.meanfield.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;

/**
 * The accuracies that a study has measured so far, in a file that the next call of the study reads,
 * so that a study of hours goes on where it stopped. A line has the table, the method, the seed and
 * the accuracy, separated by tabs.
 */
final class StudyResults {
  private static final String HEADER = "table\tmethod\tseed\taccuracy";

  private final Path file;
  private final Map<Measured, Double> accuracies;

  /** What was measured: a method, in a table of the study, with a seed. */
  private record Measured(String table, String method, int seed) {
    private String line(double accuracy) {
      return table + "\t" + method + "\t" + seed + "\t" + accuracy;
    }
  }

  private StudyResults(Path file, Map<Measured, Double> accuracies) {
    this.file = file;
    this.accuracies = accuracies;
  }

  /**
   * Reads the file, if there is one.
   *
   * @throws IllegalArgumentException if it is no file of results
   */
  static StudyResults in(Path file) {
    Map<Measured, Double> accuracies = new LinkedHashMap<>();
    List<String> lines = Files.exists(file) ? lines(file) : List.of(HEADER);
    for (int i = 0; i < lines.size(); i++) {
      String[] fields = lines.get(i).split("\t", -1);
      if (i == 0 ? !lines.get(i).equals(HEADER) : fields.length != 4) {
        throw new IllegalArgumentException(
            String.format(
                "%s, line %d: expected %s, separated by tabs, found \"%s\"; delete the file, or name"
                    + " another one",
                file, i + 1, HEADER.replace("\t", ", "), lines.get(i)));
      }
      if (i > 0) {
        accuracies.put(
            new Measured(fields[0], fields[1], Integer.parseInt(fields[2])),
            Double.parseDouble(fields[3]));
      }
    }
    return new StudyResults(file, accuracies);
  }

  /** Returns the accuracy in the file, or else the measured one after writing it to the file. */
  double accuracy(String table, String method, int seed, DoubleSupplier measurement) {
    Measured measured = new Measured(table, method, seed);
    if (!accuracies.containsKey(measured)) {
      accuracies.put(measured, measurement.getAsDouble());
      write();
    }
    return accuracies.get(measured);
  }

  // The file is replaced as a whole: a study that is killed leaves no half line.
  private void write() {
    String rows =
        accuracies.entrySet().stream()
            .map(entry -> entry.getKey().line(entry.getValue()) + "\n")
            .collect(Collectors.joining());
    Path written = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(written, HEADER + "\n" + rows);
      Files.move(
          written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
