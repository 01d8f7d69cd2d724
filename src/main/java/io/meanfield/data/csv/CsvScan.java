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
 * The result of a first pass over a file: what cannot be known row by row.
 *
 * @param categorical for each categorical column, its values with where each occurs first
 * @param labels the different labels with where each occurs first
 * @param ids of the rows; empty if the schema has no column of ids
 * @param problems the first few, each with its place
 * @param problemRows rows that have one
 */
@DefaultSerializer(JavaSerializer.class)
record CsvScan(
    long rows,
    List<TreeMap<String, String>> categorical,
    TreeMap<String, String> labels,
    List<String> ids,
    List<String> problems,
    long problemRows)
    implements Serializable {
  static final int SHOWN_PROBLEMS = 5;

  /** Reads a file from end to end and checks every field that will be read again. */
  static CsvScan of(CsvFile file, TableSchema schema, Configuration hadoop) {
    return file.read(hadoop, records -> of(file, schema, records));
  }

  private static CsvScan of(CsvFile file, TableSchema schema, CsvParser records)
      throws IOException {
    List<String> header = CsvFile.header(records, file.display());
    CsvColumns row = new CsvColumns(schema, header, records, file.display());
    Scanner pass = new Scanner(schema, row);
    while (records.advance()) {
      pass.row();
    }
    return pass.result();
  }

  /** The pass, row by row. */
  private static final class Scanner {
    private final TableSchema schema;
    private final CsvColumns row;
    private final List<TreeMap<String, String>> categorical = new ArrayList<>();
    private final TreeMap<String, String> labels = new TreeMap<>();
    private final List<String> ids = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
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
        note(categorical.get(i), row.categorical(i));
      }
      if (!schema.label().isEmpty()) {
        note(labels, row.label());
      }
      if (!schema.id().isEmpty()) {
        ids.add(row.id());
      }
    }

    // One more than there may be: then the driver reports an error.
    private void note(SortedMap<String, String> values, String value) {
      if (values.size() <= Vocabulary.MAX_VALUES && !values.containsKey(value)) {
        values.put(value, row.where());
      }
    }

    CsvScan result() {
      return new CsvScan(rows, categorical, labels, ids, problems, problemRows);
    }
  }
}
