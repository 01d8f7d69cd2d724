package io.meanfield.data.csv;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.InvalidRowException;
import io.meanfield.data.SkippedRow;
import io.meanfield.data.SkippedRows;
import io.meanfield.data.Vocabulary;
import io.meanfield.data.column.ValueType;
import io.meanfield.data.table.TableRules;
import io.meanfield.data.table.TableSchema;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;

/**
 * The result of a pass over a file: everything that depends on all of its rows.
 *
 * @param rows the number of all rows
 * @param categorical for each categorical column, its values and the place where each occurs first
 * @param labels the different labels and the place where each occurs first
 * @param ids the ids of the rows; none if the schema has no column of ids
 * @param problems the rows that cannot be used, which are not part of anything else
 * @param types the type of each feature; an empty list for a feature without values, and for one
 *     whose type is known before
 */
@DefaultSerializer(JavaSerializer.class)
record CsvScan(
    long rows,
    List<TreeMap<String, String>> categorical,
    TreeMap<String, String> labels,
    CsvIds ids,
    CsvProblems problems,
    List<List<ValueType>> types)
    implements Serializable {
  static final int SHOWN_PROBLEMS = 5;

  /**
   * Reads a whole file and checks every field that the last pass reads.
   *
   * @param rules in which the types of features that a model does not know are empty
   */
  static CsvScan of(CsvFile file, CsvRowCheck check, TableRules rules, Configuration hadoop) {
    return file.read(hadoop, records -> of(file, check, rules, records));
  }

  private static CsvScan of(CsvFile file, CsvRowCheck check, TableRules rules, CsvParser records)
      throws IOException {
    List<String> header = CsvFile.header(records, file.display());
    CsvColumns row = new CsvColumns(check.schema(), check.rules(), header, records, file.display());
    Scanner scanner = new Scanner(file, check, rules, row);
    while (records.advance()) {
      scanner.row();
    }
    return scanner.result();
  }

  /** The number of rows that can be used. */
  long usable() {
    return rows - problems.rows();
  }

  /** Collects the values and problems of one file. */
  private static final class Scanner {
    private final CsvFile file;
    private final CsvRowCheck check;
    private final CsvColumns row;
    // The features whose values show which type of the required kind they have.
    private final int[] shown;
    private final List<InferredType> types = new ArrayList<>();
    private final List<TreeMap<String, String>> categorical = new ArrayList<>();
    private final TreeMap<String, String> labels = new TreeMap<>();
    private final CsvIds.Collector ids = new CsvIds.Collector();
    private final List<String> problems = new ArrayList<>();
    private final TreeMap<String, Long> missing = new TreeMap<>();
    private final SkippedRows skipped = new SkippedRows();
    private final LongStream.Builder indexes = LongStream.builder();
    private long rows;

    Scanner(CsvFile file, CsvRowCheck check, TableRules rules, CsvColumns row) {
      this.file = file;
      this.check = check;
      this.row = row;
      this.shown =
          IntStream.range(0, rules.features().size())
              .filter(i -> rules.features().get(i).isInferred())
              .filter(i -> !check.rules().features().get(i).isInferred())
              .toArray();
      check.schema().categorical().forEach(column -> categorical.add(new TreeMap<>()));
      check.schema().features().forEach(column -> types.add(new InferredType()));
    }

    void row() {
      long index = rows++;
      try {
        check.check(row, types);
        record();
      } catch (InvalidRowException problem) {
        add(index, problem);
      }
    }

    private void add(long index, InvalidRowException problem) {
      indexes.add(index);
      skipped.add(SkippedRow.of(row.place(file.display()), problem));
      row.empty().forEach(column -> missing.merge(column, 1L, Long::sum));
      if (problems.size() < SHOWN_PROBLEMS) {
        problems.add(problem.getMessage());
      }
    }

    private void record() {
      TableSchema schema = check.schema();
      for (int i : shown) {
        row.infer(i, types.get(i));
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
          ids.ids(),
          new CsvProblems(problems, missing, skipped, indexes.build().toArray()),
          types.stream().map(InferredType::type).toList());
    }
  }
}
