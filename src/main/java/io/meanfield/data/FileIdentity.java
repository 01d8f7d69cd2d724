package io.meanfield.data;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.HadoopPaths;
import io.meanfield.store.IoReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Tells files from others by their paths, lengths and times, without reading them. */
public final class FileIdentity {
  private FileIdentity() {}

  /**
   * Returns the number of the files, their bytes, and a digest of paths, lengths and times of
   * modification, for the manifest of a run.
   */
  public static Map<String, Object> of(Configuration hadoop, List<Path> files) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    long bytes = 0;
    for (Path file : files) {
      FileStatus status = status(hadoop, file);
      bytes += status.getLen();
      digest.update(
          (file + " " + status.getLen() + " " + status.getModificationTime() + "\n")
              .getBytes(StandardCharsets.UTF_8));
    }
    return Map.of(
        "files",
        files.size(),
        "bytes",
        bytes,
        "files_sha256",
        Hex.encodeHexString(digest.digest()));
  }

  /**
   * Returns the length and times of a file.
   *
   * @throws UserException if it cannot be read
   */
  public static FileStatus status(Configuration hadoop, Path file) {
    try {
      return file.getFileSystem(hadoop).getFileStatus(file);
    } catch (IOException e) {
      throw new UserException(
          ErrorCode.DATA_UNREADABLE,
          HadoopPaths.display(file) + " cannot be read: " + IoReason.of(e),
          e);
    }
  }
}
