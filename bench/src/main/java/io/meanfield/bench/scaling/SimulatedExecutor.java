package io.meanfield.bench.scaling;

/**
 * An executor of a simulation.
 *
 * @param index from 0
 * @param slots the tasks that it runs at a time
 */
record SimulatedExecutor(int index, Host host, Servers slots) {}
