package io.meanfield.train;

/** What happens to a worker whose update in a round is finite but far from the usual size. */
public enum Outliers {
  /** It stays in the average; a warning names it once. */
  KEEP,
  /** It is left out of the round's average, as a worker that has diverged is. */
  QUARANTINE
}
