package io.meanfield.train.averaging;

import io.meanfield.network.LearnerState;

/** The ranges of the weights and of the optimizer state that a slice contains. */
record SliceBounds(int weightsStart, int weightsCount, int stateStart, int stateCount) {
  static SliceBounds in(LearnerState state, long first, int length) {
    int count = state.weights().length;
    int weights = (int) Math.max(0, Math.min(length, count - first));
    return new SliceBounds(
        (int) Math.min(first, count), weights, (int) Math.max(0, first - count), length - weights);
  }
}
