package io.meanfield.gate;

import io.meanfield.data.Dataset;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.frame.CsvSource;
import io.meanfield.data.idx.IdxFixtures;
import io.meanfield.data.idx.IdxSource;
import io.meanfield.data.source.ReadContext;
import io.meanfield.fixture.LocalSpark;
import io.meanfield.fixture.Mnist;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tables and slices of MNIST for the tests of the gate. */
final class GateFixtures {
  /** The defaults. */
  static final GateSettings SETTINGS = new GateSettings(1000, 10, 0.001, 0.5, List.of(), 0.25, 1);

  static final ColumnRoles COLUMNS =
      new ColumnRoles(
          Optional.of("id"),
          Optional.of(List.of("age", "size")),
          List.of("color"),
          Optional.of("kind"),
          List.of(),
          ColumnRoles.HandleUnknown.ERROR);

  private static final String HEADER = "id,age,size,color,kind\n";

  private GateFixtures() {}

  /** Returns a row of a table whose values repeat with different periods. */
  static String row(int i) {
    return i + "," + i * 37 % 101 + "," + i * 7919 % 1000 / 8.0 + "," + color(i) + "," + i / 3 % 2;
  }

  static String color(int i) {
    return List.of("red", "green", "blue").get(i % 3);
  }

  /** Writes rows to a CSV file and returns its path. */
  static String write(Path folder, String name, int first, int end, IntFunction<String> row) {
    String rows = IntStream.range(first, end).mapToObj(row).collect(Collectors.joining("\n"));
    return IdxFixtures.write(folder, name, (HEADER + rows).getBytes(StandardCharsets.UTF_8));
  }

  static Supplier<Dataset> csv(ColumnRoles columns, String... paths) {
    return () ->
        new CsvSource(List.of(paths), columns, Map.of())
            .open(ReadContext.of(LocalSpark.context(), 2));
  }

  static Supplier<Dataset> csv(String... paths) {
    return csv(COLUMNS, paths);
  }

  static GateReport check(Supplier<Dataset> training, Optional<DataProfile> reference) {
    return check(SETTINGS, 2, training, reference);
  }

  /** Judges training data; a champion's were read with the same settings. */
  static GateReport check(
      GateSettings settings,
      int classes,
      Supplier<Dataset> training,
      Optional<DataProfile> reference) {
    Gate gate = new Gate(settings, reference);
    return gate.judge(read(gate, classes, training, reference), Optional.empty(), List.of());
  }

  /** Reads data for a gate. */
  static Optional<DataProfiler> read(
      Gate gate, int classes, Supplier<Dataset> data, Optional<DataProfile> reference) {
    return gate.read(reference.isPresent(), () -> DataProfiler.of(data.get(), classes));
  }

  /** Returns the failed checks with their columns. */
  static List<String> failures(GateReport report) {
    return report.failed().stream()
        .map(check -> check.kind() + check.column().map(column -> " " + column).orElse(""))
        .toList();
  }

  /** Returns the columns whose drift was checked. */
  static List<String> drifts(GateReport report) {
    return report.checks().stream()
        .filter(check -> check.kind() == GateCheck.Kind.DRIFT)
        .map(check -> check.column().orElseThrow())
        .toList();
  }

  /** Returns training digits with their labels. */
  static Supplier<Dataset> digits(Path folder, int first, int end) {
    byte[] images = part("train-images-idx3-ubyte", 16, 784, first, end);
    return digits(folder, images, labels(first, end));
  }

  /** Returns training digits in black on white. */
  static Supplier<Dataset> invertedDigits(Path folder, int first, int end) {
    byte[] images = part("train-images-idx3-ubyte", 16, 784, first, end);
    for (int i = 0; i < images.length; i++) {
      images[i] = (byte) ~images[i];
    }
    return digits(folder, images, labels(first, end));
  }

  static Supplier<Dataset> digits(Path folder, byte[] images, byte[] labels) {
    String name = Integer.toString(Arrays.hashCode(images) ^ Arrays.hashCode(labels));
    IdxSource source =
        new IdxSource(
            IdxFixtures.write(
                folder, name + "-images", IdxFixtures.idx(images, labels.length, 28, 28)),
            Optional.of(
                IdxFixtures.write(
                    folder, name + "-labels", IdxFixtures.idx(labels, labels.length))));
    return () -> source.open(ReadContext.of(LocalSpark.context(), 10));
  }

  static byte[] labels(int first, int end) {
    return part("train-labels-idx1-ubyte", 8, 1, first, end);
  }

  private static byte[] part(String file, int header, int width, int first, int end) {
    try {
      byte[] bytes = Files.readAllBytes(Mnist.FOLDER.resolve(file));
      return Arrays.copyOfRange(bytes, header + first * width, header + end * width);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
