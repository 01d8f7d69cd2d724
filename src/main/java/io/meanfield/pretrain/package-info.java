/**
 * Pre-training without labels: the layers of a dense network learn one after the other, as
 * restricted Boltzmann machines (a deep belief network, Hinton, Osindero and Teh 2006) or as
 * denoising autoencoders (Vincent et al. 2008). The result is the weights from which an ordinary
 * training starts. The arithmetic is plain Java, and an epoch is a Spark job that ends with the
 * average of {@code train.averaging}.
 *
 * <p>Imports train and every package below it. Start reading at {@link
 * io.meanfield.pretrain.Pretraining}, which runs on the driver, and {@link
 * io.meanfield.pretrain.LayerTraining}, which an executor runs.
 */
package io.meanfield.pretrain;
