package io.meanfield.data.source;

import io.meanfield.error.Redaction;
import io.meanfield.error.SqlRedaction;
import java.net.URL;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The options of a data source of Spark. Any may be a secret, because every source has names of its
 * own, so that only the values of well-known options are recorded and printed.
 */
public record SourceOptions(Map<String, String> values) {
  private static final String URL = "url";

  /** The options, in lower case, that are texts of SQL. */
  private static final Set<String> SQL = Set.of("dbtable", "query");

  /** The options, in lower case, whose values are no secrets. */
  private static final Set<String> SHOWN =
      Set.of(
          """
          path table format driver version versionasof timestampasof
          snapshot-id as-of-timestamp branch tag header delimiter sep linesep quote escape
          comment encoding charset locale timezone mode multiline wholetext nullvalue
          emptyvalue nanvalue positiveinf negativeinf dateformat timestampformat
          timestampntzformat ignoreleadingwhitespace ignoretrailingwhitespace inferschema
          enforceschema preferdate samplingratio maxcolumns maxcharspercolumn
          columnnameofcorruptrecord rowtag compression mergeschema pathglobfilter
          recursivefilelookup modifiedbefore modifiedafter ignorecorruptfiles
          ignoremissingfiles partitioncolumn lowerbound upperbound numpartitions fetchsize
          batchsize querytimeout isolationlevel
          """
              .split("\\s+"));

  public SourceOptions {
    values = Map.copyOf(values);
  }

  /**
   * Returns what may be seen of the value of an option: the value of a well-known option, of a URL
   * scheme, host and path, of a text of SQL what {@link SqlRedaction} shows, of all others {@code
   * ***}.
   */
  public static String shown(String key, String value) {
    String name = key.toLowerCase(Locale.ROOT);
    if (SHOWN.contains(name)) {
      return Redaction.of(value);
    }
    if (SQL.contains(name)) {
      return SqlRedaction.shown(value);
    }
    return name.equals(URL) ? Redaction.location(value) : Redaction.HIDDEN;
  }

  /** Returns a text without the values that are not shown. */
  public String hiddenIn(String text) {
    String withoutSql =
        values.entrySet().stream()
            .filter(option -> SQL.contains(option.getKey().toLowerCase(Locale.ROOT)))
            .map(Map.Entry::getValue)
            .reduce(text, SqlRedaction::hiddenIn);
    return values.entrySet().stream()
        .filter(option -> !option.getValue().isBlank())
        .filter(option -> !shown(option.getKey(), option.getValue()).equals(option.getValue()))
        .map(Map.Entry::getValue)
        .sorted(Comparator.comparing(String::length).reversed()) // one may be a part of another
        .reduce(withoutSql, (rest, value) -> rest.replace(value, Redaction.HIDDEN));
  }

  /** Returns the options without the values that are not shown. */
  @Override
  public String toString() {
    Map<String, String> shown = new TreeMap<>(values);
    shown.replaceAll(SourceOptions::shown);
    return shown.toString();
  }
}
