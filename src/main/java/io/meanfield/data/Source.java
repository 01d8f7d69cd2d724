package io.meanfield.data;

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

  /** Returns the paths of files, directories or globs as the user wrote them. */
  List<String> locations();
}
