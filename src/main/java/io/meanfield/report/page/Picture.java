package io.meanfield.report.page;

import java.util.Arrays;

/**
 * A picture with its caption.
 *
 * @param png the bytes of a PNG file
 * @param caption below the picture; may be empty
 * @param alternative what the picture shows, for those who do not see it
 */
public record Picture(byte[] png, String caption, String alternative) {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  public Picture {
    Validity.present("the caption of a picture", caption);
    Validity.text("the alternative text of a picture", alternative);
    if (png.length < SIGNATURE.length
        || !Arrays.equals(png, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
      throw new IllegalArgumentException("picture " + alternative + " is no PNG file");
    }
  }
}
