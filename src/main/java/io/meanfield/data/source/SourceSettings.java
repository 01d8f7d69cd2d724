package io.meanfield.data.source;

import io.meanfield.data.ColumnRoles;
import io.meanfield.settings.Section;
import java.util.function.Supplier;

/**
 * The settings from which a data format reads a {@link Source}.
 *
 * @param data the section {@code data}
 * @param part the section of one data set, {@code data.train} or {@code data.test}
 * @param runs the directory of runs
 */
public record SourceSettings(Section data, Section part, String runs) {
  /** Returns the result of {@code source}, or an {@link UnsetSource} if {@code key} is not set. */
  public Source locatedBy(String key, Supplier<Source> source) {
    return part.isSet(key) ? source.get() : new UnsetSource(part.path(key));
  }

  /** Reads and checks the roles of the columns of a table. */
  public ColumnRoles columns() {
    Section columns = data.section("columns");
    ColumnRoles roles = ColumnRoles.read(columns);
    roles.check(columns);
    return roles;
  }
}
