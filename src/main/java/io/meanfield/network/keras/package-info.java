/**
 * Weights in the format of Keras and NumPy: the arrays of {@code get_weights()} with Keras' shapes
 * and orders, in .npz files for programs and as formatted rows for people.
 *
 * <p>Imports error, network, network.layers and store.file. Start reading at {@link
 * io.meanfield.network.keras.KerasLayout}, then {@link io.meanfield.network.keras.NpzFile}.
 */
package io.meanfield.network.keras;
