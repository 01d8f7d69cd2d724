package io.meanfield.data;

import io.meanfield.settings.Section;
import java.util.function.Supplier;

/**
 * The settings that a data format reads a {@link Source} from.
 *
 * @param data the section {@code data}
 * @param part its section about one data set, {@code train} or {@code test}
 * @param runs the directory of runs
 */
public record SourceSettings(Section data, Section part, String runs) {
  /** Returns what {@code source} reads, or an {@link UnsetSource} if {@code key} is not set. */
  public Source locatedBy(String key, Supplier<Source> source) {
    return part.isSet(key) ? source.get() : new UnsetSource(part.path(key));
  }

  /** Reads and checks what the columns of a table are for. */
  public ColumnRoles columns() {
    Section columns = data.section("columns");
    ColumnRoles roles = ColumnRoles.read(columns);
    roles.check(columns);
    return roles;
  }
}
