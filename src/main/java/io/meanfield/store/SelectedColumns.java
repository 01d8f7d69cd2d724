package io.meanfield.store;

import java.util.Set;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.MessageType;

/** Reads only some columns of Parquet files; a file that lacks one of them has rows without it. */
final class SelectedColumns extends GroupReadSupport {
  private final Set<String> columns;

  SelectedColumns(Set<String> columns) {
    this.columns = Set.copyOf(columns);
  }

  @Override
  public ReadContext init(InitContext context) {
    MessageType all = context.getFileSchema();
    return new ReadContext(
        new MessageType(
            all.getName(),
            all.getFields().stream().filter(field -> columns.contains(field.getName())).toList()));
  }
}
