package io.meanfield.bench;

/**
 * An epoch of a contender.
 *
 * @param accuracy on the test digits afterwards
 */
record EpochTiming(double seconds, double accuracy) {}
