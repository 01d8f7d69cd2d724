package io.meanfield.data.frame;

import io.meanfield.data.Dataset;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.source.Source;
import io.meanfield.data.source.SourceSettings;
import io.meanfield.data.source.UnsetSource;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.settings.Section;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * Rows that Spark reads from a table, a query or a data source. Without a column of ids, a row is
 * identified by its content.
 */
public record SparkSource(SparkRows rows, ColumnRoles columns) implements TableSource {
  private static final String TABLE = "table";
  private static final String QUERY = "query";
  private static final String SOURCE = "source";

  /**
   * Reads one of the keys {@code table}, {@code query} and {@code source}, and the section {@code
   * data.columns}.
   */
  public static Source read(SourceSettings settings) {
    ColumnRoles columns = settings.columns();
    Section part = settings.part();
    List<String> set = Stream.of(TABLE, QUERY, SOURCE).filter(part::isSet).toList();
    return !set.isEmpty()
        ? new SparkSource(rows(part), columns)
        : new UnsetSource(part.path(TABLE));
  }

  private static SparkRows rows(Section part) {
    return switch (part.oneOf(TABLE, QUERY, SOURCE).orElse(TABLE)) {
      case QUERY -> new SparkRows.Query(part.string(QUERY), part.path(QUERY));
      case SOURCE -> SparkRows.Reader.read(part);
      default -> SparkRows.Table.read(part);
    };
  }

  /**
   * Returns the settings of a table.
   *
   * @throws UserException if there are several names
   */
  public static Map<String, Object> located(List<String> names) {
    if (names.size() > 1) {
      throw UserException.of(
          ErrorCode.WRONG_ARGUMENTS,
          "data.format = spark reads one table, found %s names for --data; write a query with UNION"
              + " ALL in data.test.query",
          names.size());
    }
    return Map.of(TABLE, names.get(0));
  }

  /** Returns no settings, because files that are found in directories are no table. */
  public static Map<String, Object> ofFiles(List<String> files) {
    return Map.of();
  }

  @Override
  public Table table(ReadContext context) {
    SparkSession spark = SparkSession.builder().config(context.spark().getConf()).getOrCreate();
    return Table.of(rows.frame(spark), rows.display());
  }

  @Override
  public Dataset open(ReadContext context) {
    try {
      return FrameReader.open(table(context), columns, context);
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      throw rows.unreadable(e);
    }
  }

  @Override
  public List<String> locations() {
    return rows.paths();
  }
}
