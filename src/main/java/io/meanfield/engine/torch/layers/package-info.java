/**
 * Forward passes of layers on tensors, one class for each kind of layer.
 *
 * <p>Imports data, engine.torch.tensor, kernels, learner, network and network.layers. Start reading
 * at {@link io.meanfield.engine.torch.layers.TorchLayers}, which has a case for each layer.
 */
package io.meanfield.engine.torch.layers;
