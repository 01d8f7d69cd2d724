package io.meanfield.engine.torch;

import io.meanfield.engine.torch.layers.Activations;
import io.meanfield.engine.torch.tensor.LibTorch;
import io.meanfield.engine.torch.tensor.ScalarCache;
import io.meanfield.kernels.Precision;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The three matrix products of a dense layer, for one size of minibatch, in buffers that live as
 * long as the layer. Inputs and results are 32-bit floats.
 */
abstract class DenseProducts {
  private final Tensor sums;
  private final Tensor delta;

  private DenseProducts(Device device, long size, long units) {
    this.sums = zeros(device, size, units);
    this.delta = zeros(device, size, units);
  }

  static DenseProducts of(Precision precision, Device device, long size, long inputs, long units) {
    return switch (precision) {
      case FLOAT32 -> new Float32(device, size, units);
      case BFLOAT16 -> new BFloat16(device, size, inputs, units);
    };
  }

  /**
   * Returns the sums [size, units]; {@link Activations#applyInPlace} overwrites them with the
   * outputs for some activations.
   */
  Tensor sums() {
    return sums;
  }

  /** Returns the gradient of the sums [size, units], which the caller writes. */
  Tensor delta() {
    return delta;
  }

  /**
   * Writes {@code scale * input * kernel + bias} to the sums.
   *
   * @param input [size, inputs], kept until the gradients are computed
   * @param kernel [units, inputs], kept as well
   * @param bias [units]
   */
  abstract void forward(Tensor input, Tensor kernel, Tensor bias, Scalar scale);

  /** Writes {@code scale * delta * input} to the gradient of the kernel [units, inputs]. */
  abstract void kernelGradient(Tensor gradient, Scalar scale);

  /** Writes the gradient of the input [size, inputs]. */
  abstract void inputGradient(Tensor gradient);

  /** Returns zeros that the {@code PointerScope} of a step does not free. */
  private static Tensor zeros(Device device, long... shape) {
    return LibTorch.zeros(device, shape).retainReference();
  }

  private static final class Float32 extends DenseProducts {
    private final Tensor transposedDelta;
    private Tensor input = new Tensor();
    private Tensor kernel = new Tensor();

    Float32(Device device, long size, long units) {
      super(device, size, units);
      this.transposedDelta = delta().t().retainReference();
    }

    @Override
    void forward(Tensor from, Tensor with, Tensor bias, Scalar scale) {
      input = from;
      kernel = with;
      torch.addmm_out(sums(), bias, input, kernel.t(), ScalarCache.of(1), scale);
    }

    @Override
    void kernelGradient(Tensor gradient, Scalar scale) {
      torch.addmm_out(gradient, gradient, transposedDelta, input, ScalarCache.of(0), scale);
    }

    @Override
    void inputGradient(Tensor gradient) {
      torch.mm_out(gradient, delta(), kernel);
    }
  }

  /** Copies of inputs, kernel and gradients in bfloat16; a step casts each of them once. */
  private static final class BFloat16 extends DenseProducts {
    private final Tensor narrowInput;
    private final Tensor narrowInputGradient;
    private final Tensor narrowKernel;
    private final Tensor transposedKernel;
    private final Tensor narrowKernelGradient;
    private final Tensor narrowBias;
    private final Tensor narrowSums;
    private final Tensor narrowDelta;
    private final Tensor transposedDelta;

    BFloat16(Device device, long size, long inputs, long units) {
      super(device, size, units);
      this.narrowInput = narrow(device, size, inputs);
      this.narrowInputGradient = narrow(device, size, inputs);
      this.narrowKernel = narrow(device, units, inputs);
      this.transposedKernel = narrowKernel.t().retainReference();
      this.narrowKernelGradient = narrow(device, units, inputs);
      this.narrowBias = narrow(device, units);
      this.narrowSums = narrow(device, size, units);
      this.narrowDelta = narrow(device, size, units);
      this.transposedDelta = narrowDelta.t().retainReference();
    }

    private static Tensor narrow(Device device, long... shape) {
      return LibTorch.zeros(device, shape).to(torch.ScalarType.BFloat16).retainReference();
    }

    @Override
    void forward(Tensor input, Tensor kernel, Tensor bias, Scalar scale) {
      narrowInput.copy_(input);
      narrowKernel.copy_(kernel);
      narrowBias.copy_(bias);
      torch.addmm_out(
          narrowSums, narrowBias, narrowInput, transposedKernel, ScalarCache.of(1), scale);
      sums().copy_(narrowSums);
    }

    @Override
    void kernelGradient(Tensor gradient, Scalar scale) {
      narrowDelta.copy_(delta());
      torch.addmm_out(
          narrowKernelGradient,
          narrowKernelGradient,
          transposedDelta,
          narrowInput,
          ScalarCache.of(0),
          scale);
      gradient.copy_(narrowKernelGradient);
    }

    @Override
    void inputGradient(Tensor gradient) {
      torch.mm_out(narrowInputGradient, narrowDelta, narrowKernel);
      gradient.copy_(narrowInputGradient);
    }
  }
}
