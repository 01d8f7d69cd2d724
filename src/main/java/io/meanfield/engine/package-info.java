/**
 * Chooses the engine that computes a network and keeps its learners for reuse. The engines
 * themselves are {@code engine.torch} (LibTorch, fast) and {@code engine.dl4j} (DL4J, the
 * reference).
 *
 * <p>Imports engine.dl4j, engine.torch, kernels, learner, network, settings and error. Start
 * reading at {@link io.meanfield.engine.Engines}.
 */
package io.meanfield.engine;
