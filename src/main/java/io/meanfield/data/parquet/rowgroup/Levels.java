package io.meanfield.data.parquet.rowgroup;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;

/**
 * The definition levels of a column.
 *
 * @param present the level of a value that is not missing
 * @param element from which level on there is an element, for arrays
 */
record Levels(int present, int element) {
  static Levels of(FileColumn column, MessageType schema, ColumnDescriptor descriptor) {
    return new Levels(
        descriptor.getMaxDefinitionLevel(),
        column.array()
            ? schema.getMaxDefinitionLevel(column.name(), descriptor.getPath()[1])
            : descriptor.getMaxDefinitionLevel());
  }
}
