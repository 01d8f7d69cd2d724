package io.meanfield.data.source;

import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.settings.Section;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The settings from which a data format reads a {@link Source}.
 *
 * @param data the section {@code data}
 * @param part the section of one data set, {@code data.train} or {@code data.test}
 * @param runs the directory of runs
 * @param roles of the columns of a table, which are not checked yet
 * @param csv the options of Spark's reader of CSV
 */
public record SourceSettings(
    Section data, Section part, String runs, ColumnRoles roles, Map<String, String> csv) {

  /** Returns the result of {@code source}, or an {@link UnsetSource} if {@code key} is not set. */
  public Source locatedBy(String key, Supplier<Source> source) {
    return part.isSet(key) ? source.get() : new UnsetSource(part.path(key));
  }

  /** Returns the roles of the columns of a table, and adds a problem if they contradict. */
  public ColumnRoles columns() {
    roles.check(data.section("columns"));
    return roles;
  }
}
