/**
 * The reference engine: runs networks as DL4J computes them, on the CPU with one thread for each
 * learner. Imports learner, network, network.layers, store and error. Start reading at {@link
 * io.meanfield.engine.dl4j.Dl4jEngine}.
 */
package io.meanfield.engine.dl4j;
