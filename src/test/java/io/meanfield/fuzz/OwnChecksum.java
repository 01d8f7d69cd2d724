package io.meanfield.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Repairs the checksum that a file has of its own bytes, as a hostile writer can, so that the code
 * behind the check reads changed values. A file that has no place for it any more stays as it is.
 */
final class OwnChecksum {
  private static final String BLANK = "0".repeat(64);
  private static final Pattern OF_VERSION =
      Pattern.compile("(?m)^    \"checksum\" : \"sha256:([0-9a-f]{64})\"");
  private static final Pattern OF_EPOCH = Pattern.compile("\"record_sha256\" : \"([0-9a-f]{64})\"");
  private static final Pattern OF_STATE = Pattern.compile("(?<=\"state_sha256\" : \")[^\"]*");
  private static final int SUM_BYTES = 32;

  private OwnChecksum() {}

  /** Returns the manifest of a version with its checksum. */
  static byte[] ofVersion(byte[] manifest) {
    return withSum(manifest, OF_VERSION);
  }

  /** Returns the record of an epoch with its checksum. */
  static byte[] ofEpoch(byte[] record) {
    return withSum(record, OF_EPOCH);
  }

  /** Returns the record of an epoch with the checksum of a state, and with its own. */
  static byte[] ofEpoch(byte[] record, byte[] state) {
    String text = OF_STATE.matcher(text(record)).replaceFirst(DigestUtils.sha256Hex(state));
    return ofEpoch(bytes(text));
  }

  /** Returns a file that ends with the SHA-256 of its other bytes. */
  static byte[] atTheEnd(byte[] file) {
    if (file.length < SUM_BYTES) {
      return file;
    }
    byte[] rest = Bytes.until(file, file.length - SUM_BYTES);
    return Bytes.join(rest, DigestUtils.sha256(rest));
  }

  // The checksum is that of all bytes, with zeros in place of its own digits.
  private static byte[] withSum(byte[] content, Pattern place) {
    String text = text(content);
    Matcher sum = place.matcher(text);
    if (!sum.find()) {
      return content;
    }
    String blank = text.substring(0, sum.start(1)) + BLANK + text.substring(sum.end(1));
    String digits = DigestUtils.sha256Hex(bytes(blank));
    return bytes(blank.substring(0, sum.start(1)) + digits + blank.substring(sum.end(1)));
  }

  // A character for each byte, so that no byte is lost.
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
