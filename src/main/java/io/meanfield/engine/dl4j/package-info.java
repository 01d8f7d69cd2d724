/**
 * The reference engine: runs networks as DL4J computes them, on the CPU with one thread for each
 * learner; and model files. Imports data.encoding, error, kernels, learner, network, network.layers
 * and store.file. Start reading at {@link io.meanfield.engine.dl4j.Dl4jEngine}.
 */
package io.meanfield.engine.dl4j;
