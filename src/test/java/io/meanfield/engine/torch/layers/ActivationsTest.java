package io.meanfield.engine.torch.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.engine.torch.tensor.LibTorch;
import io.meanfield.network.layers.Activation;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.bytedeco.pytorch.Tensor;

/** Softmax, which is computed differently for rows below 16 numbers and for longer rows. */
class ActivationsTest {
  @Property(tries = 100)
  void softmaxFollowsItsFormulaForRowsOfAnyLength(
      @ForAll @IntRange(min = 1, max = 70) int rows,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll long seed) {
    Random random = new Random(seed);
    float[] sums = new float[rows * width];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = (float) (20 * random.nextGaussian());
    }
    Tensor tensor = Tensor.create(sums, rows, width);
    float[] outputs = new float[sums.length];
    LibTorch.read(Activations.apply(Activation.SOFTMAX, tensor), outputs);
    assertThat(outputs).usingComparatorWithPrecision(1e-6f).containsExactly(softmax(sums, width));
  }

  private static float[] softmax(float[] sums, int width) {
    float[] outputs = new float[sums.length];
    for (int first = 0; first < sums.length; first += width) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int i = first; i < first + width; i++) {
        largest = Math.max(largest, sums[i]);
      }
      double total = 0;
      for (int i = first; i < first + width; i++) {
        total += Math.exp(sums[i] - largest);
      }
      for (int i = first; i < first + width; i++) {
        outputs[i] = (float) (Math.exp(sums[i] - largest) / total);
      }
    }
    return outputs;
  }
}
