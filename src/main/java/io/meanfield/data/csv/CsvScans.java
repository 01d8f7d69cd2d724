package io.meanfield.data.csv;

import io.meanfield.data.IdIndex;
import io.meanfield.data.SkippedPositions;
import io.meanfield.data.SkippedRows;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.table.TableSchema;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The result of a pass over all files; driver only.
 *
 * @param files the files in the order of the examples
 * @param scans the result of each file
 * @param display the location of all files, for messages
 */
record CsvScans(TableSchema schema, List<CsvFile> files, List<CsvScan> scans, String display) {

  /** The number of rows that can be used. */
  long usable() {
    return scans.stream().mapToLong(CsvScan::usable).sum();
  }

  /** The rows that cannot be used. */
  SkippedRows skipped() {
    SkippedRows all = new SkippedRows();
    scans.forEach(scan -> all.plus(scan.problems().skipped()));
    return all;
  }

  /**
   * Returns the types of the features.
   *
   * @throws UserException if a feature has no values, or other types in other files
   */
  List<ValueType> types() {
    List<CsvTypes> types = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      types.add(new CsvTypes(files.get(i).display(), scans.get(i).types()));
    }
    return CsvTypes.common(types, schema.features(), display);
  }

  /** Returns, for each categorical column, its values and the place where each occurs first. */
  List<TreeMap<String, String>> categorical() {
    return IntStream.range(0, schema.categorical().size()).mapToObj(this::categorical).toList();
  }

  private TreeMap<String, String> categorical(int i) {
    TreeMap<String, String> all = new TreeMap<>();
    scans.forEach(scan -> scan.categorical().get(i).forEach(all::putIfAbsent));
    return all;
  }

  /** Returns the different labels and the place where each occurs first. */
  TreeMap<String, String> labels() {
    TreeMap<String, String> all = new TreeMap<>();
    scans.forEach(scan -> scan.labels().forEach(all::putIfAbsent));
    return all;
  }

  /** Returns the ids of the rows of each file; none if the schema has no column of ids. */
  List<CsvIds> ids() {
    return scans.stream().map(CsvScan::ids).toList();
  }

  /** Returns the positions of the rows that are no examples. */
  SkippedPositions skippedPositions() {
    long[] starts = starts();
    return new SkippedPositions(
        IntStream.range(0, starts.length)
            .boxed()
            .flatMapToLong(
                i ->
                    Arrays.stream(scans.get(i).problems().indexes())
                        .map(index -> starts[i] + index))
            .toArray());
  }

  /**
   * Returns the files with the positions of their rows.
   *
   * @param ranks of the positions of all examples
   */
  List<CsvBlockReader.Part> parts(IdIndex.ById ranks) {
    long[] starts = starts();
    return IntStream.range(0, starts.length)
        .mapToObj(i -> new CsvBlockReader.Part(files.get(i), starts[i], ranks))
        .toList();
  }

  /** Returns the position of the first row of each file. */
  private long[] starts() {
    long[] starts = new long[files.size()];
    for (int i = 1; i < starts.length; i++) {
      starts[i] = starts[i - 1] + scans.get(i - 1).rows();
    }
    return starts;
  }

  /**
   * Throws if there are no rows, or if some cannot be used.
   *
   * @param skipsBadRows whether one row that can be used is enough
   */
  void throwIfInvalid(boolean skipsBadRows) {
    boolean isAcceptable = skipsBadRows && usable() > 0;
    long invalid = scans.stream().mapToLong(scan -> scan.problems().rows()).sum();
    if (invalid > 0 && !isAcceptable) {
      throw new UserException(ErrorCode.DATA_UNREADABLE, String.join("\n", messages(invalid)));
    }
    if (rows() == 0) {
      throw new UserException(ErrorCode.DATA_UNREADABLE, display + " has no rows after its header");
    }
  }

  private long rows() {
    return scans.stream().mapToLong(CsvScan::rows).sum();
  }

  private List<String> messages(long invalid) {
    List<String> messages =
        new ArrayList<>(
            scans.stream()
                .flatMap(scan -> scan.problems().messages().stream())
                .limit(CsvScan.SHOWN_PROBLEMS)
                .toList());
    if (invalid > messages.size()) {
      messages.add(
          "and "
              + (invalid - messages.size())
              + " more rows of "
              + display
              + " are wrong"
              + missing());
    }
    return messages;
  }

  /** Describes the columns in which most rows have no value; empty if all rows have values. */
  private String missing() {
    TreeMap<String, Long> missing = new TreeMap<>();
    scans.forEach(
        scan ->
            scan.problems()
                .missing()
                .forEach((column, rows) -> missing.merge(column, rows, Long::sum)));
    return missing.isEmpty()
        ? ""
        : missing.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(CsvScan.SHOWN_PROBLEMS)
            .map(column -> column.getKey() + " is empty in " + column.getValue())
            .collect(Collectors.joining(", ", "; of all " + rows() + " rows, ", ""));
  }
}
