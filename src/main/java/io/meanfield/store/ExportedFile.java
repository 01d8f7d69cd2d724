package io.meanfield.store;

import io.meanfield.settings.Complaint;
import io.meanfield.settings.ErrorCode;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A file that belongs to no run: a user has said where it should be. */
public final class ExportedFile {
  private ExportedFile() {}

  /**
   * Writes it, in place of one of that name if there is one; see {@link AtomicFiles#replace}.
   *
   * @param written the path as the user wrote it
   * @return where it is, for a person
   * @throws Complaint if it cannot be written
   */
  public static String write(Configuration hadoop, String written, AtomicFiles.Content content) {
    Path path = Locations.resolve(written);
    try {
      if (path.getFileSystem(hadoop).getFileLinkStatus(path).isDirectory()) {
        throw new IOException("it is a directory, expected a file");
      }
    } catch (java.io.FileNotFoundException absent) {
      // what is expected
    } catch (IOException e) {
      throw unwritable(path, e);
    }
    try {
      new AtomicFiles(hadoop, Fence.OPEN).replace(path, content);
      return Locations.shown(path);
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  private static Complaint unwritable(Path path, IOException e) {
    return new Complaint(
        ErrorCode.STORE_UNWRITABLE,
        "cannot write "
            + Locations.shown(path)
            + ": "
            + e.getMessage()
            + "; check the path, its permissions and the free space",
        e);
  }
}
