/**
 * The layers of a network, one record a file: settings, shapes, parameters and their places in
 * Keras' arrays. {@link io.meanfield.network.layers.LayerTypes} lists them; an engine computes them
 * as a {@link io.meanfield.network.layers.LayerVisitor}.
 *
 * <p>Imports settings. Start reading at {@link io.meanfield.network.layers.Layer}, then {@link
 * io.meanfield.network.layers.Dense}.
 */
package io.meanfield.network.layers;
