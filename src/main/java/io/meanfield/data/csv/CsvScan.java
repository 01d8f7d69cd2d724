package io.meanfield.data.csv;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Vocabulary;
import io.meanfield.data.table.TableSchema;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * The result of a first pass over a file: everything that depends on all of its rows.
 *
 * @param categorical for each categorical column, its values and the place where each occurs first
 * @param labels the different labels and the place where each occurs first
 * @param ids the ids of the rows; empty if the schema has no column of ids
 * @param problems the first problems, each with its place
 * @param problemRows the number of rows with a problem
 * @param missing the number of rows without a value, for each column that has such rows
 */
@DefaultSerializer(JavaSerializer.class)
record CsvScan(
    long rows,
    List<TreeMap<String, String>> categorical,
    TreeMap<String, String> labels,
    List<String> ids,
    List<String> problems,
    long problemRows,
    TreeMap<String, Long> missing)
    implements Serializable {
  static final int SHOWN_PROBLEMS = 5;

  /** Reads a whole file and checks every field that the second pass reads. */
  static CsvScan of(CsvFile file, TableSchema schema, Configuration hadoop) {
    return file.read(hadoop, records -> of(file, schema, records));
  }

  private static CsvScan of(CsvFile file, TableSchema schema, CsvParser records)
      throws IOException {
    List<String> header = CsvFile.header(records, file.display());
    CsvColumns row = new CsvColumns(schema, header, records, file.display());
    Scanner scanner = new Scanner(schema, row);
    while (records.advance()) {
      scanner.row();
    }
    return scanner.result();
  }

  /** Collects the values and problems of one file. */
  private static final class Scanner {
    private final TableSchema schema;
    private final CsvColumns row;
    private final List<TreeMap<String, String>> categorical = new ArrayList<>();
    private final TreeMap<String, String> labels = new TreeMap<>();
    private final List<String> ids = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final TreeMap<String, Long> missing = new TreeMap<>();
    private long rows;
    private long problemRows;

    Scanner(TableSchema schema, CsvColumns row) {
      this.schema = schema;
      this.row = row;
      schema.categorical().forEach(column -> categorical.add(new TreeMap<>()));
    }

    void row() {
      rows++;
      try {
        check();
      } catch (UserException problem) {
        problemRows++;
        row.empty().forEach(column -> missing.merge(column, 1L, Long::sum));
        if (problems.size() < SHOWN_PROBLEMS) {
          problems.add(problem.getMessage());
        }
      }
    }

    private void check() {
      row.requireArity();
      for (int i = 0; i < schema.features().size(); i++) {
        row.feature(i);
      }
      for (int i = 0; i < schema.targets().size(); i++) {
        row.target(i);
      }
      for (int i = 0; i < schema.categorical().size(); i++) {
        record(categorical.get(i), row.categorical(i));
      }
      if (!schema.label().isEmpty()) {
        record(labels, row.label());
      }
      if (!schema.id().isEmpty()) {
        ids.add(row.id());
      }
    }

    // Keeps one value more than the maximum, so that the driver can report an error.
    private void record(SortedMap<String, String> values, String value) {
      if (values.size() <= Vocabulary.MAX_VALUES && !values.containsKey(value)) {
        values.put(value, row.where());
      }
    }

    CsvScan result() {
      return new CsvScan(rows, categorical, labels, ids, problems, problemRows, missing);
    }
  }
}
