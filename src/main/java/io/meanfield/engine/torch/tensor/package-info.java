/**
 * LibTorch and its memory: the library loaded once a process, tensors in host and GPU memory,
 * copies between them, and the parameters of a network as tensors.
 *
 * <p>Imports kernels, learner, network and network.layers. Start reading at {@link
 * io.meanfield.engine.torch.tensor.LibTorch}.
 */
package io.meanfield.engine.torch.tensor;
