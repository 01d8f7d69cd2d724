package io.meanfield.data.formats;

/** What a data set of a format consists of. */
public enum DataContents {
  /** Files of images and files of their labels, of which one alone is no data set. */
  IMAGES,
  /** Files of a table, each of which is one. */
  TABLES,
  /** The files of one prepared data set. */
  PREPARED,
  /** Rows that Spark reads, in files or elsewhere. */
  ROWS;

  /** Returns whether users choose the files; new data are more files. */
  public boolean areFiles() {
    return this == IMAGES || this == TABLES;
  }

  /** Returns whether the examples are rows of a table rather than images. */
  public boolean areRows() {
    return this == TABLES || this == ROWS;
  }
}
