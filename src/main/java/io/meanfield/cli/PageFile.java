package io.meanfield.cli;

import io.meanfield.report.page.Page;
import io.meanfield.store.ExportedFile;
import org.apache.hadoop.conf.Configuration;

/** Writes pages at paths that the user chose. */
final class PageFile {
  private PageFile() {}

  /**
   * Writes a page; replaces an existing file.
   *
   * @return the path of the file, for messages
   * @throws io.meanfield.error.UserException if the file cannot be written
   */
  static String write(Configuration hadoop, String location, Page page) {
    return ExportedFile.write(hadoop, location, page::write);
  }
}
