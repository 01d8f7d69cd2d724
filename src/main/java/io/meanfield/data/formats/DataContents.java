package io.meanfield.data.formats;

/** What a data set of a format consists of. */
public enum DataContents {
  /** Files that the user chooses; new data are more files. */
  FILES,
  /** The files of one prepared data set. */
  PREPARED,
  /** Rows that Spark reads, in files or elsewhere. */
  ROWS
}
