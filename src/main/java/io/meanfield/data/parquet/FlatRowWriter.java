package io.meanfield.data.parquet;

import io.meanfield.data.ExamplesBuilder;
import io.meanfield.data.InvalidRowException;
import io.meanfield.data.column.FeatureColumn;
import io.meanfield.data.parquet.rowgroup.ArrayValues;
import io.meanfield.data.parquet.rowgroup.ColumnValues;
import io.meanfield.data.parquet.rowgroup.IntegerValues;
import io.meanfield.data.parquet.rowgroup.TextValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Writes the rows of {@link FlatRows} to a block; used by one task. */
final class FlatRowWriter {
  private final ParquetExampleReader examples;
  private final FlatRows rows;
  private final List<Runnable> features = new ArrayList<>();
  private final List<FlatNumbers> numbers = new ArrayList<>();
  private final List<Runnable> otherFeatures = new ArrayList<>();
  private final List<Runnable> targets = new ArrayList<>();
  private final Optional<FlatLabels> labels;
  private final int categories;
  private final boolean isWeighted;
  private ExamplesBuilder block;

  /** Stores a number at an index. */
  @FunctionalInterface
  private interface Sink {
    void put(int index, float number);
  }

  /** Makes a writer whose first block is {@code block}. */
  FlatRowWriter(ParquetExampleReader examples, FlatRows rows, ExamplesBuilder block) {
    this.examples = examples;
    this.rows = rows;
    this.block = block;
    ParquetColumns columns = examples.values().columns();
    this.categories = columns.schema().categorical().size();
    this.labels =
        columns.schema().label().stream()
            .map(column -> new FlatLabels(examples, rows.label()))
            .findFirst();
    this.isWeighted = columns.schema().isWeighted();
    addFeatures(columns.features());
    addTargets(columns.targets());
  }

  private void addFeatures(ParquetNumericColumns columns) {
    int first = 0;
    int i = 0;
    while (i < examples.features().size()) {
      int end = endOfNumbers(i);
      if (end > i) {
        ColumnValues[] run =
            IntStream.range(i, end).mapToObj(rows::featureValues).toArray(ColumnValues[]::new);
        numbers.add(new FlatNumbers(run, first));
        features.add(writing(run, i, first));
      } else {
        Runnable feature = one(columns, i, first);
        features.add(feature);
        otherFeatures.add(feature);
        end = i + 1;
      }
      for (; i < end; i++) {
        first += ParquetExampleReader.inputs(examples.features().get(i), columns, i);
      }
    }
  }

  /** Returns the end of the single numbers, inputs as they are, that begin with a feature. */
  private int endOfNumbers(int begin) {
    int end = begin;
    while (end < examples.features().size()
        && examples.features().get(end) instanceof FeatureColumn.Plain
        && !(rows.featureValues(end) instanceof ArrayValues)
        && !(rows.featureValues(end) instanceof TextValues)) {
      end++;
    }
    return end;
  }

  private Runnable writing(ColumnValues[] run, int begin, int first) {
    return () -> {
      int row = rows.row();
      for (int i = 0; i < run.length; i++) {
        float number = run[i].single(row);
        if (!Float.isFinite(number)) {
          throw notFinite(run[i], examples.features().get(begin + i).column());
        }
        block.feature(first + i, number);
      }
    };
  }

  private Runnable one(ParquetNumericColumns columns, int i, int first) {
    FeatureColumn column = examples.features().get(i);
    return column instanceof FeatureColumn.Plain
        ? plain(rows.featureValues(i), columns, i, first, this::feature)
        : () -> column.write(rows.feature(i), this::feature, first);
  }

  private void addTargets(ParquetNumericColumns columns) {
    int first = 0;
    for (int i = 0; i < columns.columns().size(); i++) {
      targets.add(plain(rows.targetValues(i), columns, i, first, this::target));
      first += columns.widths().get(i);
    }
  }

  private void feature(int index, float number) {
    block.feature(index, number);
  }

  private void target(int index, float number) {
    block.target(index, number);
  }

  private Runnable plain(
      ColumnValues values, ParquetNumericColumns columns, int i, int first, Sink sink) {
    String name = columns.columns().get(i);
    int width = columns.widths().get(i);
    if (values instanceof ArrayValues arrays) {
      return () -> writeArray(arrays, name, width, first, sink);
    }
    if (values instanceof TextValues pixels) {
      return () -> writePixels(pixels, name, width);
    }
    return () -> writeNumber(values, name, first, sink);
  }

  private void writeNumber(ColumnValues values, String name, int index, Sink sink) {
    float number = values.single(rows.row());
    if (!Float.isFinite(number)) {
      throw notFinite(values, name);
    }
    sink.put(index, number);
  }

  private InvalidRowException notFinite(ColumnValues values, String name) {
    return rows.invalid(name, values.text(rows.row()), "a finite number");
  }

  private void writeArray(ArrayValues arrays, String name, int width, int first, Sink sink) {
    int row = rows.row();
    if (arrays.isMissing(row)) {
      throw notFinite(arrays, name);
    }
    requireLength(arrays.length(row), width, name);
    for (int k = 0; k < width; k++) {
      float number = arrays.element(row, k);
      if (!Float.isFinite(number)) {
        throw rows.invalid(name, arrays.elementText(row, k), "a finite number");
      }
      sink.put(first + k, number);
    }
  }

  private void writePixels(TextValues pixels, String name, int width) {
    if (pixels.isMissing(rows.row())) {
      throw notFinite(pixels, name);
    }
    byte[] row = pixels.bytes(rows.row());
    requireLength(row.length, width, name);
    block.pixels(row);
  }

  private void requireLength(int found, int expected, String column) {
    if (found != expected) {
      throw rows.problem(column, "contains " + found + " numbers, expected " + expected);
    }
  }

  /** Starts the next block. */
  void begin(ExamplesBuilder next) {
    block = next;
  }

  /** Writes the rows that were read last. */
  void write() {
    // If a number is not finite, row by row: the first row with a problem is the one to report.
    boolean areWritten = numbers.stream().allMatch(run -> run.writeTo(block, rows.count()));
    List<Runnable> missing = areWritten ? otherFeatures : features;
    for (int row = 0; row < rows.count(); row++) {
      rows.select(row);
      write(missing);
    }
  }

  private void write(List<Runnable> missing) {
    writeId();
    missing.forEach(Runnable::run);
    writeNames();
    targets.forEach(Runnable::run);
    if (isWeighted) {
      block.weight(rows.weight());
    }
  }

  private void writeId() {
    if (examples.values().columns().schema().id().isEmpty()) {
      block.row(rows.position());
    } else if (rows.id() instanceof IntegerValues numbers) {
      block.row(numbers.integer(rows.row()));
    } else {
      block.row(rows.position());
      block.externalId(rows.id().text(rows.row()).orElse(""));
    }
  }

  // Makes the location of a row only when it is needed, because that takes as long as the row.
  private void writeNames() {
    try {
      for (int i = 0; i < categories; i++) {
        examples
            .categories()
            .write(i, rows.category(i), examples.values().display(), this::feature);
      }
      if (labels.isPresent()) {
        block.label(labels.get().of(rows.row()));
      }
    } catch (InvalidRowException e) {
      throw e.at(rows.where());
    }
  }
}
