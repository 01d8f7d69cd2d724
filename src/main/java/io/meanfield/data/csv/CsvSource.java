package io.meanfield.data.csv;

import io.meanfield.data.ColumnRoles;
import io.meanfield.data.Dataset;
import io.meanfield.data.InputRows;
import io.meanfield.data.PassedColumns;
import io.meanfield.data.ReadContext;
import io.meanfield.data.Source;
import io.meanfield.data.SourceSettings;
import io.meanfield.settings.Section;
import java.util.List;
import java.util.Map;

/**
 * CSV files with a header (RFC 4180).
 *
 * @param paths the Hadoop paths of files, directories or globs; files may be gzipped
 */
public record CsvSource(List<String> paths, ColumnRoles columns, char delimiter) implements Source {
  /** Reads the key {@code path} and the sections {@code data.columns} and {@code data.csv}. */
  public static Source read(SourceSettings settings) {
    ColumnRoles columns = settings.columns();
    char delimiter = delimiter(settings.data().section("csv"));
    return settings.locatedBy(
        "path", () -> new CsvSource(settings.part().strings("path"), columns, delimiter));
  }

  /** Returns the settings of the data set in these files. */
  public static Map<String, Object> located(List<String> paths) {
    return Map.of("path", paths);
  }

  private static char delimiter(Section csv) {
    String text = csv.string("delimiter");
    if (text.equals("tab")) {
      return '\t';
    }
    if (text.length() != 1 || text.equals("\"")) {
      csv.invalid("delimiter", "one character other than a quote, or tab");
      return ',';
    }
    return text.charAt(0);
  }

  @Override
  public Dataset open(ReadContext context) {
    return CsvReader.open(this, context);
  }

  @Override
  public InputRows rows(ReadContext context, PassedColumns passed) {
    return CsvRows.open(paths, columns, delimiter, context, passed);
  }

  @Override
  public boolean copiesColumns() {
    return true;
  }

  @Override
  public List<String> locations() {
    return paths;
  }
}
