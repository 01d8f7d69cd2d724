package io.meanfield.data.source;

import io.meanfield.data.Dataset;
import java.util.List;

/** The location of the examples of one data set. Each data format has its own implementation. */
public interface Source {
  /**
   * Opens the data set; driver only. Checks what can be checked without reading every example.
   *
   * @throws io.meanfield.error.UserException if files are missing or malformed, or do not match
   *     {@code context}
   */
  Dataset open(ReadContext context);

  /**
   * Opens the rows of the data set for a job that scores each row by itself; driver only. A table
   * is read in any pieces and in parallel; its labels and targets are not read. What the source
   * caches stays cached until {@link InputRows#releaseRows} runs.
   *
   * @param passed the columns that the job copies; none unless {@link #copiesColumns}
   * @throws io.meanfield.error.UserException as {@link #open}, or if a column does not exist
   */
  default InputRows rows(ReadContext context, PassedColumns passed) {
    Dataset data = open(context);
    return data.orRelease(() -> InputRows.of(data));
  }

  /** Returns whether {@link #rows} can copy columns. */
  default boolean copiesColumns() {
    return false;
  }

  /** Returns whether the location is set. */
  default boolean isSet() {
    return true;
  }

  /** Returns the paths of files, directories or globs as the user wrote them. */
  List<String> locations();
}
