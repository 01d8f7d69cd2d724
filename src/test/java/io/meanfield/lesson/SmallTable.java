package io.meanfield.lesson;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/** A table of the lesson's data, for the exact solutions that tests compare networks with. */
record SmallTable(List<String> header, List<String[]> rows) {

  /** Reads files of {@link LessonData#FOLDER} as one table. */
  static SmallTable read(String... files) {
    List<String> header = new ArrayList<>();
    List<String[]> rows = new ArrayList<>();
    for (String file : files) {
      List<String> lines = lines(LessonData.FOLDER.resolve(file));
      header = List.of(lines.get(0).split(",", -1));
      lines.stream().skip(1).map(line -> line.split(",", -1)).forEach(rows::add);
    }
    return new SmallTable(header, rows);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Stream<String> column(String name) {
    int at = header.indexOf(name);
    return rows.stream().map(row -> row[at]);
  }

  double sum(String column) {
    return Arrays.stream(numbers(column).toArray()).sum();
  }

  RealVector numbers(String column) {
    return MatrixUtils.createRealVector(column(column).mapToDouble(Double::parseDouble).toArray());
  }

  /** Returns one column for each category, sorted by category. */
  RealMatrix oneHot(String column) {
    List<String> categories = column(column).distinct().sorted().toList();
    RealMatrix hot = MatrixUtils.createRealMatrix(rows.size(), categories.size());
    List<String> cells = column(column).toList();
    for (int row = 0; row < cells.size(); row++) {
      hot.setEntry(row, categories.indexOf(cells.get(row)), 1);
    }
    return hot;
  }

  /** Returns a network's inputs: features, then one-hot categories, then 1 for the bias. */
  RealMatrix inputs(List<String> features, List<String> categories) {
    List<RealVector> columns = new ArrayList<>();
    features.forEach(feature -> columns.add(numbers(feature)));
    for (String category : categories) {
      RealMatrix hot = oneHot(category);
      for (int i = 0; i < hot.getColumnDimension(); i++) {
        columns.add(hot.getColumnVector(i));
      }
    }
    RealMatrix inputs = MatrixUtils.createRealMatrix(rows.size(), columns.size() + 1);
    for (int i = 0; i < columns.size(); i++) {
      inputs.setColumnVector(i, columns.get(i));
    }
    inputs.setColumnVector(
        columns.size(), MatrixUtils.createRealVector(new double[rows.size()]).mapAdd(1));
    return inputs;
  }
}
