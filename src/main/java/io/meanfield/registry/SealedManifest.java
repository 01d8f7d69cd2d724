package io.meanfield.registry;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.FileChecksums;
import io.meanfield.store.FileContent;
import io.meanfield.store.Manifest;
import io.meanfield.store.StoreDirectory;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A manifest with a checksum of its own file: the SHA-256 of all bytes, with zeros in place of the
 * checksum. It is in the file itself, so that both are created at once.
 */
final class SealedManifest {
  private static final String KEY = "checksum";
  private static final String BLANK = "0".repeat(64);
  // Indented once: not an entry of this name in a nested object.
  private static final Pattern SEAL =
      Pattern.compile("(?m)^    \"checksum\" : \"sha256:([0-9a-f]{64})\"");

  private SealedManifest() {}

  /**
   * Returns the manifest with its checksum as the content of a file.
   *
   * @throws UserException if it is larger than a manifest that is read
   */
  static FileContent seal(Manifest manifest) {
    byte[] blank = manifest.with(KEY, "sha256:" + BLANK).bytes();
    String text = new String(blank, StandardCharsets.ISO_8859_1);
    String complete = withSeal(text, sealAt(text).orElseThrow(), sha256(text));
    return out -> out.write(complete.getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * Reads a file; empty if there is none.
   *
   * @throws UserException if the file is not the one that was written
   */
  static Optional<Manifest> read(StoreDirectory directory, String name) {
    return directory
        .readBytes(name, Manifest.MAX_BYTES)
        .map(bytes -> parse(bytes, directory.display(name)));
  }

  /**
   * Returns the manifest that a file contains.
   *
   * @param where the location of the file, for messages
   * @throws UserException if the bytes are not those that were written
   */
  static Manifest parse(byte[] bytes, String where) {
    requireIntact(bytes, where);
    return Manifest.parse(bytes, where);
  }

  private static void requireIntact(byte[] bytes, String where) {
    // One character for each byte, so that no byte is lost.
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Matcher seal = sealAt(text).orElseThrow(() -> damaged(where, "it has no checksum of its own"));
    String found = sha256(withSeal(text, seal, BLANK));
    if (!found.equals(seal.group(1))) {
      throw damaged(where, "expected sha256 " + seal.group(1) + ", found sha256 " + found);
    }
  }

  private static Optional<Matcher> sealAt(String text) {
    return Optional.of(SEAL.matcher(text)).filter(Matcher::find);
  }

  private static String withSeal(String text, Matcher seal, String sha256) {
    return text.substring(0, seal.start(1)) + sha256 + text.substring(seal.end(1));
  }

  private static String sha256(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return HexFormat.of().formatHex(FileChecksums.sha256().digest(bytes));
  }

  private static UserException damaged(String where, String reason) {
    return new UserException(
        ErrorCode.STORE_UNREADABLE,
        where
            + " is damaged: "
            + reason
            + "; restore the file from a backup, or roll back to an intact version");
  }
}
