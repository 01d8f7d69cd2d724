package io.meanfield.engine.torch.layers;

import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.Function;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Mish of the sums of a layer, and its gradient, in buffers that the next step reuses. TorchScript
 * calls the operations, because for a small minibatch a call from Java takes longer than what it
 * computes. The backward pass reads what the forward pass has computed.
 */
public final class Mish {
  // With s = sigmoid(-x) and t = 2 / (1 + s^2) - 1, as in Activations: the derivative is
  // t + x (1 - t^2) (1 - s), and outputs = x t.
  private static final CompilationUnit SCRIPT =
      torch
          .compile(
              """
              def forward(sums, sigmoid, divisor, outputs):
                  torch.neg(sums, out=outputs)
                  torch.sigmoid(outputs, out=sigmoid)
                  torch.mul(sigmoid, sigmoid, out=divisor).add_(1)
                  outputs.addcdiv_(sums, divisor, value=2)

              def backward(sums, sigmoid, divisor, outputs, gradient, derivative):
                  tanh = divisor.reciprocal_().mul_(2).sub_(1)
                  torch.addcmul(sums, outputs, tanh, value=-1, out=derivative)
                  derivative.addcmul_(derivative, sigmoid, value=-1).add_(tanh)
                  gradient.mul_(derivative)
              """)
          .retainReference();
  private static final Function FORWARD = SCRIPT.get_functions().get(0);
  private static final Function BACKWARD = SCRIPT.get_functions().get(1);

  private final Tensor outputs;
  private final IValueVector forward;
  private final IValueVector backward;

  /**
   * Allocates the buffers.
   *
   * @param sums of any shape
   * @param gradient in the shape of the sums
   */
  public Mish(Tensor sums, Tensor gradient) {
    Tensor sigmoid = like(sums);
    Tensor divisor = like(sums);
    this.outputs = like(sums);
    this.forward = values(sums, sigmoid, divisor, outputs);
    this.backward = values(sums, sigmoid, divisor, outputs, gradient, like(sums));
  }

  private static Tensor like(Tensor sums) {
    return torch.empty_like(sums).retainReference();
  }

  private static IValueVector values(Tensor... tensors) {
    IValueVector values = new IValueVector().retainReference();
    for (Tensor tensor : tensors) {
      values.push_back(new IValue(tensor));
    }
    return values;
  }

  /** Returns the activations of the sums. */
  public Tensor forward() {
    FORWARD.apply(forward);
    return outputs;
  }

  /** Converts the gradient of the outputs of the last forward pass to that of the sums. */
  public void backward() {
    BACKWARD.apply(backward);
  }
}
