package io.meanfield.data.csv;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Vocabulary;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.table.TableRules;
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
 * @param missing the number of rows without a value that need one, for each column that has such
 *     rows
 * @param types the type of each feature; an empty list for a feature without values, and for one
 *     whose type is known before
 */
@DefaultSerializer(JavaSerializer.class)
record CsvScan(
    long rows,
    List<TreeMap<String, String>> categorical,
    TreeMap<String, String> labels,
    List<String> ids,
    List<String> problems,
    long problemRows,
    TreeMap<String, Long> missing,
    List<List<ValueType>> types)
    implements Serializable {
  static final int SHOWN_PROBLEMS = 5;

  /** Reads a whole file and checks every field that the second pass reads. */
  static CsvScan of(CsvFile file, TableSchema schema, TableRules rules, Configuration hadoop) {
    return file.read(hadoop, records -> of(file, schema, rules, records));
  }

  private static CsvScan of(CsvFile file, TableSchema schema, TableRules rules, CsvParser records)
      throws IOException {
    List<String> header = CsvFile.header(records, file.display());
    CsvColumns row = new CsvColumns(schema, rules, header, records, file.display());
    Scanner scanner = new Scanner(schema, rules, row);
    while (records.advance()) {
      scanner.row();
    }
    return scanner.result();
  }

  /** Collects the values and problems of one file. */
  private static final class Scanner {
    private final TableSchema schema;
    private final TableRules rules;
    private final CsvColumns row;
    private final List<InferredType> types = new ArrayList<>();
    private final List<TreeMap<String, String>> categorical = new ArrayList<>();
    private final TreeMap<String, String> labels = new TreeMap<>();
    private final List<String> ids = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final TreeMap<String, Long> missing = new TreeMap<>();
    private long rows;
    private long problemRows;

    Scanner(TableSchema schema, TableRules rules, CsvColumns row) {
      this.schema = schema;
      this.rules = rules;
      this.row = row;
      schema.categorical().forEach(column -> categorical.add(new TreeMap<>()));
      schema.features().forEach(column -> types.add(new InferredType()));
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
        checkFeature(i);
      }
      for (int i = 0; i < schema.targets().size(); i++) {
        row.target(i);
      }
      if (schema.isWeighted()) {
        row.weight();
      }
      for (int i = 0; i < schema.categorical().size(); i++) {
        record(categorical.get(i), row.category(i));
      }
      if (!schema.label().isEmpty()) {
        record(labels, row.label());
      }
      if (!schema.id().isEmpty()) {
        ids.add(row.id());
      }
    }

    private void checkFeature(int i) {
      if (rules.features().get(i).isInferred()) {
        row.infer(i, types.get(i));
      } else {
        row.feature(i);
      }
    }

    // Keeps one value more than the maximum, so that the driver can report an error.
    private void record(SortedMap<String, String> values, String value) {
      boolean isNew = !value.isEmpty() && !values.containsKey(value);
      if (isNew && values.size() <= Vocabulary.MAX_VALUES) {
        values.put(value, row.where());
      }
    }

    CsvScan result() {
      return new CsvScan(
          rows,
          categorical,
          labels,
          ids,
          problems,
          problemRows,
          missing,
          types.stream().map(InferredType::type).toList());
    }
  }
}
