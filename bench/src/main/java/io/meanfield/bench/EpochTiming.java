package io.meanfield.bench;

/**
 * The timing of one epoch of a trainer.
 *
 * @param accuracy on the test digits after the epoch
 */
record EpochTiming(double seconds, double accuracy) {}
