/**
 * The fast engine: networks on LibTorch, called through JavaCPP, on one math thread of the CPU or
 * on a GPU. Weights and optimizer state come and go in DL4J's layout, and DL4J's formulas are
 * followed throughout.
 *
 * <p>Start reading at {@link io.meanfield.engine.torch.TorchLearner}. Only {@link
 * io.meanfield.engine.torch.TorchEngine} is public; LibTorch is loaded when it is first asked.
 */
package io.meanfield.engine.torch;
