package io.meanfield.data.frame;

import io.meanfield.data.ColumnRoles;
import io.meanfield.data.Dataset;
import io.meanfield.data.source.InputRows;
import io.meanfield.data.source.PassedColumns;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.source.Source;
import java.util.List;
import java.util.Map;

/** Files with the rows of a table. */
interface TableFiles extends Source {
  /** Returns the Hadoop paths of files, directories or globs. */
  List<String> paths();

  ColumnRoles columns();

  Table table(ReadContext context);

  /** Returns the settings of the data set in these files. */
  static Map<String, Object> located(List<String> paths) {
    return Map.of("path", paths);
  }

  @Override
  default Dataset open(ReadContext context) {
    return UnreadableTable.explained(
        paths(), () -> FrameReader.open(table(context), columns(), context));
  }

  @Override
  default InputRows rows(ReadContext context, PassedColumns passed) {
    return FrameRows.open(table(context), columns(), context, passed);
  }

  @Override
  default boolean copiesColumns() {
    return true;
  }

  @Override
  default List<String> locations() {
    return paths();
  }
}
