package io.meanfield.engine.torch;

import org.bytedeco.pytorch.CompilationUnit;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Function;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * LibTorch's fused Adam, which needs one pass over weights, gradients and moments; separate
 * operations need seven. JavaCPP's presets lack the function, so it is called through TorchScript.
 * The bias is corrected here, as in DL4J's formula: LibTorch receives a step number so high that
 * its own correction has no effect.
 */
final class FusedAdam {
  private static final double HUGE_STEP = 1e30;
  private static final CompilationUnit SCRIPT =
      torch
          .compile(
              """
              def one(x: Tensor):
                  return [x]

              def none():
                  xs: List[Tensor] = []
                  return xs

              def adam(values: List[Tensor], gradients: List[Tensor], first: List[Tensor],
                       second: List[Tensor], largest: List[Tensor], steps: List[Tensor],
                       rate: float, beta1: float, beta2: float, epsilon: float):
                  torch._fused_adam_(values, gradients, first, second, largest, steps, lr=rate,
                      beta1=beta1, beta2=beta2, weight_decay=0.0, eps=epsilon, amsgrad=False,
                      maximize=False)
              """)
          .retainReference();
  private static final Function ONE = SCRIPT.get_functions().get(0);
  private static final Function NONE = SCRIPT.get_functions().get(1);
  private static final Function ADAM = SCRIPT.get_functions().get(2);

  private final double beta1;
  private final double beta2;
  private final double epsilon;
  private final IValue values;
  private final IValue gradients;
  private final IValue first;
  private final IValue second;
  private final IValue largest;
  private final IValue steps;
  private final IValue keptOfFirst;
  private final IValue keptOfSecond;
  private final IValue added;

  /**
   * Creates the step for contiguous parts of the flat tensors, which it changes in place.
   *
   * @param moments the means of the gradients and of their squares
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
    this.values = list(values);
    this.gradients = list(gradients);
    this.first = list(moments[0]);
    this.second = list(moments[1]);
    this.largest = NONE.apply(new IValueVector());
    this.steps = list(LibTorch.zeros(device, 1).fill_(ScalarCache.of(HUGE_STEP)));
    // In 32 bits, as in DL4J: 1 - 0.999f is not 0.001f.
    this.keptOfFirst = new IValue((double) (float) beta1);
    this.keptOfSecond = new IValue((double) (float) beta2);
    this.added = new IValue(epsilon);
  }

  private static IValue list(Tensor tensor) {
    return ONE.apply(new IValueVector(new IValue(tensor)));
  }

  /**
   * Makes one step of Adam (Kingma and Ba 2015, in the form at the end of section 2).
   *
   * @param iteration steps before this one
   */
  void step(double rate, int iteration) {
    // StrictMath, so that executors with different processors make the same step.
    double corrected =
        rate
            * StrictMath.sqrt(1 - StrictMath.pow(beta2, iteration + 1))
            / (1 - StrictMath.pow(beta1, iteration + 1));
    // DL4J uses epsilon as the step size if the rate is 0.
    IValue step = new IValue(corrected == 0 ? epsilon : corrected);
    ADAM.run(
        new IValueVector(
            values,
            gradients,
            first,
            second,
            largest,
            steps,
            step,
            keptOfFirst,
            keptOfSecond,
            added));
  }
}
