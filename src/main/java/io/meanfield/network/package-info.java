/**
 * A network in Keras' words, its first weights, the {@link io.meanfield.network.Learner} that fits
 * it, and the file that a model is kept in. Knows no Spark. Weights as Keras has them: {@link
 * io.meanfield.network.keras.KerasLayout}.
 *
 * <p>Imports store and settings. Start reading at {@link io.meanfield.network.NetworkSettings} and
 * {@link io.meanfield.network.Learner}.
 */
package io.meanfield.network;
