package io.meanfield.registry;

import io.meanfield.store.FileContent;
import io.meanfield.store.StoreDirectory;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The files of a version and their SHA-256, in hexadecimal. */
final class VersionFiles {
  private VersionFiles() {}

  /** Writes a file and returns the checksum of the content. */
  static String write(StoreDirectory directory, String name, FileContent content) {
    MessageDigest digest = sha256();
    directory.replace(
        name,
        out -> {
          digest.reset();
          content.writeTo(new DigestOutputStream(out, digest));
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Returns a sentence for each file that is missing or has another checksum.
   *
   * @param expected the checksums by the name of the file
   */
  static List<String> damages(StoreDirectory directory, Map<String, String> expected) {
    List<String> damages = new ArrayList<>();
    expected.forEach(
        (name, sha256) -> {
          String found = found(directory, name);
          if (!found.equals("sha256 " + sha256)) {
            damages.add(
                directory.display(name)
                    + " is damaged: expected sha256 "
                    + sha256
                    + ", found "
                    + found
                    + "; restore the file from a backup, or roll back to an intact version");
          }
        });
    return damages;
  }

  private static String found(StoreDirectory directory, String name) {
    MessageDigest digest = sha256();
    try {
      directory
          .content(name)
          .writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
      return "sha256 " + HexFormat.of().formatHex(digest.digest());
    } catch (FileNotFoundException e) {
      return "no file";
    } catch (IOException e) {
      return "an unreadable file (" + e.getMessage() + ")";
    }
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new LinkageError("every Java platform has SHA-256", e);
    }
  }
}
