package io.meanfield.reinforce.environment;

/** Episodes that are played without exploration; each set has starts of its own. */
public enum EpisodeSet {
  /** The episodes of every evaluation, so that the weights of all epochs play the same ones. */
  VALIDATION(1),
  /** The episodes of the best weights at the end, whose starts have selected nothing. */
  TEST(2);

  private final long stream;

  EpisodeSet(long stream) {
    this.stream = stream;
  }

  /** Returns the part of the keys that belongs to the set. */
  public long stream() {
    return stream;
  }
}
