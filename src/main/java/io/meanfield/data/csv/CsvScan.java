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
 * What a first pass over a file finds: everything about the file that cannot be known row by row.
 *
 * @param categories for each category, its texts with where each stands first
 * @param labels likewise
 * @param ids of the rows, where a column has them
 * @param problems the first few, each with its place
 * @param problemRows rows that have one
 */
@DefaultSerializer(JavaSerializer.class)
record CsvScan(
    long rows,
    List<TreeMap<String, String>> categories,
    TreeMap<String, String> labels,
    List<String> ids,
    List<String> problems,
    long problemRows)
    implements Serializable {
  static final int SHOWN_PROBLEMS = 5;

  /** Reads a file from end to end and checks every field that will be read again. */
  static CsvScan of(CsvFile file, TableSchema layout, Configuration hadoop) {
    return file.read(hadoop, records -> of(file, layout, records));
  }

  private static CsvScan of(CsvFile file, TableSchema layout, CsvParser records)
      throws IOException {
    List<String> header = CsvFile.header(records, file.display());
    CsvColumns row = new CsvColumns(layout, header, records, file.display());
    Scanner pass = new Scanner(layout, row);
    while (records.advance()) {
      pass.row();
    }
    return pass.summary();
  }

  /** The pass, row by row. */
  private static final class Scanner {
    private final TableSchema layout;
    private final CsvColumns row;
    private final List<TreeMap<String, String>> categories = new ArrayList<>();
    private final TreeMap<String, String> labels = new TreeMap<>();
    private final List<String> ids = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private long rows;
    private long problemRows;

    Scanner(TableSchema layout, CsvColumns row) {
      this.layout = layout;
      this.row = row;
      layout.categories().forEach(column -> categories.add(new TreeMap<>()));
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
      for (int i = 0; i < layout.features().size(); i++) {
        row.feature(i);
      }
      for (int i = 0; i < layout.targets().size(); i++) {
        row.target(i);
      }
      for (int i = 0; i < layout.categories().size(); i++) {
        note(categories.get(i), row.category(i));
      }
      if (!layout.label().isEmpty()) {
        note(labels, row.label());
      }
      if (!layout.id().isEmpty()) {
        ids.add(row.id());
      }
    }

    // One more than there may be: the driver complains.
    private void note(SortedMap<String, String> texts, String text) {
      if (texts.size() <= Vocabulary.MAX_VALUES && !texts.containsKey(text)) {
        texts.put(text, row.where());
      }
    }

    CsvScan summary() {
      return new CsvScan(rows, categories, labels, ids, problems, problemRows);
    }
  }
}
