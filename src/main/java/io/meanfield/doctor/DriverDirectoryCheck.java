package io.meanfield.doctor;

import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** The check of a directory that only the driver reads and writes. */
public final class DriverDirectoryCheck {
  private DriverDirectoryCheck() {}

  /**
   * Checks the directory with a file, which is deleted again.
   *
   * @param setting the key of the directory
   * @param directory as the user wrote it
   * @param singleWriter whether run.single-writer is set
   */
  public static Finding run(
      Configuration hadoop, String setting, String directory, boolean singleWriter) {
    Examination examination = Examination.ofDirectory(setting, directory, singleWriter);
    examination.deleteLeftovers(hadoop);
    return examination
        .withDriver(hadoop, driver -> List.of(driver.directory().finding("driver")))
        .get(0);
  }
}
