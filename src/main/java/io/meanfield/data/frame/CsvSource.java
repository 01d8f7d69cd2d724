package io.meanfield.data.frame;

import io.meanfield.data.ColumnRoles;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.source.Source;
import io.meanfield.data.source.SourceSettings;
import io.meanfield.settings.Section;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.csv.CSVOptions;

/**
 * CSV files with a header (RFC 4180), read by Spark.
 *
 * @param paths the Hadoop paths of files, directories or globs; files may be gzipped
 * @param options of Spark's reader of CSV, by the names of Spark
 */
public record CsvSource(List<String> paths, ColumnRoles columns, Map<String, String> options)
    implements TableFiles {
  private static final String DELIMITER = "delimiter";

  /** Reads the key {@code path} and the sections {@code data.columns} and {@code data.csv}. */
  public static Source read(SourceSettings settings) {
    ColumnRoles columns = settings.columns();
    Map<String, String> options = options(settings.data());
    return settings.locatedBy(
        "path", () -> new CsvSource(settings.part().strings("path"), columns, options));
  }

  /** Reads the section {@code data.csv}. */
  public static Map<String, String> options(Section data) {
    Map<String, String> options = new TreeMap<>(data.optionalTexts("csv"));
    Section csv = data.section("csv");
    options.keySet().stream()
        .filter(name -> !CSVOptions.isValidOption(name))
        .forEach(name -> csv.invalid(name, "an option of Spark's reader of CSV such as multiLine"));
    String delimiter = csv.string(DELIMITER);
    if (!delimiter.equals("tab") && (delimiter.length() != 1 || delimiter.equals("\""))) {
      csv.invalid(DELIMITER, "one character other than a quote, or tab");
    }
    options.put(DELIMITER, delimiter.equals("tab") ? "\t" : delimiter);
    return options;
  }

  @Override
  public Table table(ReadContext context) {
    return CsvFiles.find(paths, options, context.spark()).table();
  }
}
