package io.meanfield.data;

/** What is done about classes that are rarer than others, in training only. */
public enum Balance {
  /** Nothing: every training example once. */
  NONE,
  /** Of each class as many as there are of the rarest; a draw by seed says which. */
  UNDERSAMPLE,
  /** Of each class as many as there are of the most frequent: all, again and again. */
  OVERSAMPLE
}
