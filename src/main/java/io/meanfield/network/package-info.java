/**
 * The description of a network with Keras' names: layers (in {@code network.layers}), loss,
 * optimizer, schedule; the layout of its parameters; its initial weights and its state. Does not
 * depend on an engine or on Spark.
 *
 * <p>Imports kernels, network.layers, random, settings and error. Start reading at {@link
 * io.meanfield.network.NetworkSettings}, then {@link io.meanfield.network.ParameterLayout}.
 */
package io.meanfield.network;
