package io.meanfield.ml;

import java.io.Serializable;

/** The values of the columns that a model adds, in the order of the schema. */
sealed interface OutputColumns extends Serializable permits ClassColumns, NumberColumn {
  /** Returns the values for the outputs of one row. */
  Object[] of(float[] outputs);
}
