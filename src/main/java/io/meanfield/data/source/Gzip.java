package io.meanfield.data.source;

import java.io.IOException;
import java.io.InputStream;

/** Recognises gzipped files by their content, because their names may lack the {@code .gz}. */
public final class Gzip {
  private static final int MAGIC = 0x1f8b; // RFC 1952

  private Gzip() {}

  /** Reads two bytes; returns whether a gzipped file starts with them. */
  public static boolean startsAt(InputStream in) throws IOException {
    return (in.read() << 8 | in.read()) == MAGIC;
  }
}
