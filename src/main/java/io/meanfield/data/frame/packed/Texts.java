package io.meanfield.data.frame.packed;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The texts of a column that were read last, of which many are equal. */
final class Texts {
  private static final int KEPT = 256;

  private final byte[][] bytes = new byte[KEPT][];
  private final String[] texts = new String[KEPT];

  /** Returns a text in UTF-8. */
  String text(byte[] chunk, int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + chunk[i];
    }
    int place = (hash ^ hash >>> 8) & (KEPT - 1);
    byte[] kept = bytes[place];
    if (kept == null || !Arrays.equals(kept, 0, kept.length, chunk, start, end)) {
      bytes[place] = Arrays.copyOfRange(chunk, start, end);
      texts[place] = new String(chunk, start, end - start, StandardCharsets.UTF_8);
    }
    return texts[place];
  }
}
