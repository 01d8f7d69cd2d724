/**
 * The fast engine: networks on LibTorch, called through JavaCPP, on one math thread of the CPU or
 * on a GPU. Weights and optimizer state are exchanged in DL4J's layout. The formulas are those of
 * the dl4j engine, except for gelu and momentum without nesterov, which DL4J lacks.
 *
 * <p>Imports engine.torch.layers, engine.torch.tensor, kernels, learner, network and
 * network.layers. Start reading at {@link io.meanfield.engine.torch.TorchLearner}. Only {@link
 * io.meanfield.engine.torch.TorchEngine} is public; LibTorch is loaded at its first call.
 */
package io.meanfield.engine.torch;
