package io.meanfield.store;

import io.meanfield.settings.Section;

/**
 * Where runs are kept and what they are seeded with.
 *
 * @param directory any Hadoop path
 * @param seed of the split, the order of examples and the first weights
 * @param keepCheckpoints newest ones that are kept, besides the best
 */
public record RunSettings(String directory, long seed, int keepCheckpoints) {
  public static RunSettings read(Section run) {
    return new RunSettings(
        run.string("directory"), run.seed("seed"), run.integer("keep-checkpoints", 1));
  }
}
