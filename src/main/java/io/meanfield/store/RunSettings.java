package io.meanfield.store;

import io.meanfield.settings.Section;

/**
 * Where runs are kept, and how much of them.
 *
 * @param directory any Hadoop path
 * @param keepCheckpoints newest ones that are kept, besides the best
 */
public record RunSettings(String directory, int keepCheckpoints) {
  public static RunSettings read(Section run) {
    return new RunSettings(run.string("directory"), run.integer("keep-checkpoints", 1));
  }
}
