/**
 * The layers of a network, one record per file: settings, shapes, parameters and their order in
 * Keras' arrays. {@link io.meanfield.network.layers.LayerTypes} lists them; an engine computes them
 * through a {@link io.meanfield.network.layers.LayerVisitor}.
 *
 * <p>Imports settings. Start reading at {@link io.meanfield.network.layers.Layer}, then {@link
 * io.meanfield.network.layers.Dense}.
 */
package io.meanfield.network.layers;
