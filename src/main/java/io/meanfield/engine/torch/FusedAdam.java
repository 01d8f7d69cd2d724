package io.meanfield.engine.torch;

import io.meanfield.engine.torch.tensor.LibTorch;
import io.meanfield.engine.torch.tensor.ScalarCache;
import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Function;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * LibTorch's fused AdamW, which makes one pass over weights, gradients and moments; separate
 * operations make seven. JavaCPP's presets lack the function, so TorchScript calls it. This class
 * corrects the bias of the moments, as DL4J's formula does: LibTorch receives a step number so high
 * that its own correction has no effect.
 */
final class FusedAdam {
  private static final double HUGE_STEP = 1e30;
  private static final int RATE = 6; // the places among the arguments
  private static final int DECAY = 10;
  private static final CompilationUnit SCRIPT =
      torch
          .compile(
              """
              def one(x: Tensor):
                  return [x]

              def none():
                  empty: List[Tensor] = []
                  return empty

              def adam(values: List[Tensor], gradients: List[Tensor], first: List[Tensor],
                       second: List[Tensor], maxima: List[Tensor], steps: List[Tensor],
                       rate: float, beta1: float, beta2: float, epsilon: float, decay: float):
                  torch._fused_adamw_(values, gradients, first, second, maxima, steps, lr=rate,
                      beta1=beta1, beta2=beta2, weight_decay=decay, eps=epsilon, amsgrad=False,
                      maximize=False)
              """)
          .retainReference();
  private static final Function ONE = SCRIPT.get_functions().get(0);
  private static final Function NONE = SCRIPT.get_functions().get(1);
  private static final Function ADAM = SCRIPT.get_functions().get(2);

  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final IValueVector arguments;

  /**
   * Creates the step for a contiguous range of the flat tensors.
   *
   * @param values the weights, which the step changes
   * @param gradients the mean gradients of a minibatch
   * @param moments the decaying means of the gradients and of their squares, which the step changes
   */
  FusedAdam(
      Tensor values,
      Tensor gradients,
      Tensor[] moments,
      Device device,
      double beta1,
      double beta2,
      double epsilon) {
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
    this.arguments =
        new IValueVector(
            list(values),
            list(gradients),
            list(moments[0]),
            list(moments[1]),
            // Only AMSGrad needs the maxima of the second moments.
            NONE.apply(new IValueVector()),
            list(LibTorch.zeros(device, 1).fill_(ScalarCache.of(HUGE_STEP))),
            new IValue(0.0),
            // Rounded to 32 bits, as in DL4J: 1 - 0.999f is not 0.001f.
            new IValue((double) (float) beta1),
            new IValue((double) (float) beta2),
            new IValue(epsilon),
            new IValue(0.0));
  }

  private static IValue list(Tensor tensor) {
    return ONE.apply(new IValueVector(new IValue(tensor)));
  }

  /**
   * Makes one step of Adam: Kingma and Ba 2015, algorithm 1, with the bias corrections in the step
   * size as at the end of section 2.
   *
   * @param rate the scheduled learning rate
   * @param decay the fraction of the weights that is subtracted before the update
   * @param iteration minibatches before this one
   */
  void step(double rate, double decay, int iteration) {
    // StrictMath, so that executors with different processors make the same step.
    double corrected =
        rate
            * StrictMath.sqrt(1 - StrictMath.pow(beta2, iteration + 1))
            / (1 - StrictMath.pow(beta1, iteration + 1));
    // DL4J uses epsilon as the step size if the corrected rate is 0.
    double step = corrected == 0 ? epsilon : corrected;
    arguments.put(RATE, new IValue(step));
    arguments.put(DECAY, new IValue(decay / step)); // LibTorch multiplies it by the step
    // Unlike run, apply leaves the arguments in their vector for the next step.
    ADAM.apply(arguments);
  }
}
