package io.meanfield.gate;

import io.meanfield.settings.Section;

/** Reads bounds that are shares of all examples, columns or pixels. */
final class Share {
  private Share() {}

  /** Returns the bound at a key, which must be set. */
  static double read(Section section, String key) {
    return section.number(key, share -> share >= 0 && share <= 1, "from 0 to 1", 1);
  }
}
