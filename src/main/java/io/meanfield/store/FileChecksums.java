package io.meanfield.store;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import io.meanfield.store.file.FileContent;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;

/** The files of a model and their SHA-256, in hexadecimal. */
public final class FileChecksums {
  private static final String NO_FILE = "no file";
  private static final String SHA256 = "sha256 ";

  private FileChecksums() {}

  /** Writes a file and returns the checksum of the content. */
  public static String write(StoreDirectory directory, String name, FileContent content) {
    MessageDigest digest = DigestUtils.getSha256Digest();
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
   * @param remedy the end of the sentence, which says what to do
   */
  public static List<String> damages(
      StoreDirectory directory, Map<String, String> expected, String remedy) {
    List<String> damages = new ArrayList<>();
    expected.forEach(
        (name, sha256) -> {
          String found = found(directory, name);
          if (!found.equals(SHA256 + sha256)) {
            damages.add(damage(directory, name, sha256, found, remedy));
          }
        });
    return damages;
  }

  /**
   * Returns the bytes of a file.
   *
   * @param sha256 the checksum that they must have
   * @param remedy the end of the message, which says what to do
   * @throws UserException if the file is missing or has another checksum
   */
  public static byte[] read(StoreDirectory directory, String name, String sha256, String remedy) {
    Optional<byte[]> bytes = directory.readBytes(name);
    String found = bytes.map(each -> SHA256 + DigestUtils.sha256Hex(each)).orElse(NO_FILE);
    if (!found.equals(SHA256 + sha256)) {
      throw new UserException(
          ErrorCode.STORE_UNREADABLE, damage(directory, name, sha256, found, remedy));
    }
    return bytes.orElseThrow();
  }

  private static String damage(
      StoreDirectory directory, String name, String sha256, String found, String remedy) {
    return "%s is damaged: expected sha256 %s, found %s; %s"
        .formatted(directory.display(name), Printable.text(sha256), found, remedy);
  }

  /** Returns the checksums of those of the files that exist, by name. */
  static SortedMap<String, String> of(StoreDirectory directory, List<String> names) {
    SortedMap<String, String> checksums = new TreeMap<>();
    for (String name : names) {
      if (directory.exists(name)) {
        checksums.put(name, found(directory, name).replace(SHA256, ""));
      }
    }
    return checksums;
  }

  private static String found(StoreDirectory directory, String name) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    try {
      directory
          .content(name)
          .writeTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
      return SHA256 + HexFormat.of().formatHex(digest.digest());
    } catch (FileNotFoundException e) {
      return NO_FILE;
    } catch (IOException e) {
      return "an unreadable file (" + e.getMessage() + ")";
    }
  }
}
