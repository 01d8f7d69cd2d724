package io.meanfield.storm;

/**
 * What the disturbances of a scenario met.
 *
 * @param hits how many met a process at work
 * @param misses how many came after the end of the process
 * @param notes what was done, and when
 */
record Effects(int hits, int misses, String notes) {}
