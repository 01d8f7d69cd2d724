package io.meanfield.data.frame;

import io.meanfield.data.source.SourceOptions;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.SqlRedaction;
import io.meanfield.error.UserException;
import io.meanfield.settings.Section;
import io.meanfield.store.file.HadoopPaths;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Where Spark reads rows. */
public sealed interface SparkRows {
  /** Returns the rows of a table of a catalog. */
  static SparkRows ofTable(String name) {
    return new Table(name, "");
  }

  /** Returns the rows, which Spark reads whenever an action needs them. */
  Dataset<Row> frame(SparkSession spark);

  /** The name of the rows in messages. */
  String display();

  /** Returns the paths of files; none if the rows come from elsewhere. */
  default List<String> paths() {
    return List.of();
  }

  /** Returns a text without the secrets of the settings. */
  default String withoutSecrets(String text) {
    return text;
  }

  /** Returns the exception for the user if reading has failed. */
  default UserException unreadable(Exception failure) {
    return UserException.in(failure)
        .map(found -> found.getCause() == failure ? withoutCause(found) : found)
        .orElseGet(
            () ->
                UserException.of(
                    failure instanceof AnalysisException
                        ? ErrorCode.WRONG_SETTINGS
                        : ErrorCode.DATA_UNREADABLE,
                    "%s cannot be read: %s",
                    display(),
                    reason(failure)));
  }

  private UserException withoutCause(UserException found) {
    return new UserException(found.code(), withoutSecrets(found.getMessage()));
  }

  // Without the exception as its cause, because its texts may contain a password.
  private String reason(Exception failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String text =
        innermost.getMessage() == null
            ? innermost.getClass().getSimpleName()
            : innermost.getMessage();
    String line = text.lines().filter(each -> !each.isBlank()).findFirst().orElse(text);
    if (innermost instanceof ClassNotFoundException) {
      return missing("class " + line);
    }
    return line.equals("No suitable driver")
        ? missing("driver of JDBC for " + database())
        : withoutSecrets(line);
  }

  private static String missing(String part) {
    return String.format(
        "there is no %s on the class path; add its package with --packages, or its jar with --jars,"
            + " before the command",
        part);
  }

  /** Returns the kind of database of a URL of JDBC, which is no secret. */
  default String database() {
    return "its URL";
  }

  /**
   * A table of a catalog.
   *
   * @param name the name as in SQL
   * @param timeTravel the clause of SQL that selects a version; empty for the newest
   */
  record Table(String name, String timeTravel) implements SparkRows {
    static Table read(Section part) {
      Optional<String> version = part.optionalText("version");
      Optional<String> timestamp = part.optionalString("timestamp");
      if (version.isPresent() && timestamp.isPresent()) {
        part.invalid("version", "left out, because timestamp selects a version, too");
      }
      return new Table(
          part.string("table"),
          version
              .map(value -> " VERSION AS OF " + literal(value))
              .or(() -> timestamp.map(value -> " TIMESTAMP AS OF " + literal(value)))
              .orElse(""));
    }

    private static String literal(String value) {
      return value.matches("\\d+")
          ? value
          : "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    @Override
    public Dataset<Row> frame(SparkSession spark) {
      return timeTravel.isEmpty()
          ? spark.table(name)
          : spark.sql("SELECT * FROM " + name + timeTravel);
    }

    @Override
    public String display() {
      return name + timeTravel;
    }
  }

  /**
   * The result of a query.
   *
   * @param sql a query; statements that change something are no queries
   * @param key the setting
   */
  record Query(String sql, String key) implements SparkRows {
    // In parentheses, a statement that is no query is a syntax error.
    @Override
    public Dataset<Row> frame(SparkSession spark) {
      return spark.sql("SELECT * FROM (\n" + sql.strip().replaceAll(";$", "") + "\n)");
    }

    @Override
    public String display() {
      return key;
    }

    @Override
    public String withoutSecrets(String text) {
      return SqlRedaction.hiddenIn(text, sql);
    }
  }

  /**
   * The rows of a data source of Spark.
   *
   * @param format such as orc, json, avro or jdbc
   * @param paths of files; none for a source that has no files
   * @param key the setting
   */
  record Reader(String format, List<String> paths, SourceOptions options, String key)
      implements SparkRows {
    private static final Pattern DATABASE = Pattern.compile("^jdbc:(\\w+)");

    static Reader read(Section part) {
      SourceOptions options = new SourceOptions(part.optionalTexts("options"));
      String format = part.string("source");
      // Spark reads no file for JDBC; a path is that of settings which the source overrides.
      boolean hasFiles = part.isSet("path") && !format.equalsIgnoreCase("jdbc");
      List<String> paths = hasFiles ? part.strings("path") : List.of();
      return new Reader(format, paths, options, part.path("source"));
    }

    @Override
    public Dataset<Row> frame(SparkSession spark) {
      DataFrameReader reader = spark.read().format(format).options(options.values());
      return paths.isEmpty()
          ? reader.load()
          : reader.load(
              paths.stream()
                  .map(
                      path ->
                          HadoopPaths.forSpark(spark.sparkContext().hadoopConfiguration(), path))
                  .toArray(String[]::new));
    }

    @Override
    public String display() {
      return paths.isEmpty() ? key + " = " + format : String.join(", ", paths);
    }

    @Override
    public String database() {
      Matcher url = DATABASE.matcher(options.values().getOrDefault("url", ""));
      return url.find() ? url.group(1) : "its URL";
    }

    @Override
    public String withoutSecrets(String text) {
      return options.hiddenIn(text);
    }
  }
}
