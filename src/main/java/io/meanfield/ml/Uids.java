package io.meanfield.ml;

import java.util.UUID;

/**
 * Hands a uid to {@code uid()}, which the constructor of Spark's super class calls before the
 * fields of the subclass are set.
 */
final class Uids {
  private static final ThreadLocal<String> GIVEN = new ThreadLocal<>();

  private Uids() {}

  /** A uid that {@link #given()} returns while the super class is constructed. */
  record Given(String uid) {}

  /** Gives a uid to the instance that this thread constructs next. */
  static Given give(String uid) {
    GIVEN.set(uid);
    return new Given(uid);
  }

  /** Gives a random uid with a prefix to the instance that this thread constructs next. */
  static Given giveRandom(String prefix) {
    return give(prefix + "_" + UUID.randomUUID().toString().replace("-", "").substring(20));
  }

  /** Returns the uid of the instance that this thread is constructing. */
  static String given() {
    return GIVEN.get();
  }
}
