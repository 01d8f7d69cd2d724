package io.meanfield.train;

import io.meanfield.network.LearnerState;

/** A state that enters a mean with the weight of the examples behind it; 0 keeps it out. */
public record Contribution(LearnerState state, long examples) {}
