package io.meanfield.data.parquet.rowgroup;

import org.apache.parquet.column.ColumnDescriptor;

/** Numbers that a page declares, for which memory would be allocated. */
final class DeclaredNumber {
  private DeclaredNumber() {}

  /**
   * Throws unless a number is from 0 to {@code most}.
   *
   * @param unit what is counted, such as "bytes"
   */
  static void requireAtMost(long most, long found, String unit, ColumnDescriptor column) {
    if (found < 0 || found > most) {
      throw new IllegalStateException(
          "a page of column "
              + String.join(".", column.getPath())
              + " declares "
              + found
              + " "
              + unit
              + ", expected at most "
              + most);
    }
  }
}
