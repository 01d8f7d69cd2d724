package io.meanfield.engine.torch.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.engine.torch.tensor.LibTorch;
import io.meanfield.learner.Device;
import io.meanfield.network.layers.Activation;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class MishTest {
  private static final float[] SUMS = {-30, -5, -1.2f, -0.3f, 0, 0.4f, 1, 2.5f, 8, 30};

  private static Tensor tensor(float[] values) {
    Tensor tensor = LibTorch.zeros(LibTorch.torchDevice(Device.CPU), values.length);
    LibTorch.write(values, tensor);
    return tensor;
  }

  private static float[] values(Tensor tensor) {
    float[] values = new float[SUMS.length];
    LibTorch.read(tensor, values);
    return values;
  }

  private static double mish(double x) {
    return x * Math.tanh(Math.log1p(Math.exp(x)));
  }

  @Test
  void computesTheBitsOfTheActivation() {
    Mish mish = new Mish(tensor(SUMS), tensor(SUMS));

    assertThat(values(mish.forward()))
        .containsExactly(values(Activations.apply(Activation.MISH, tensor(SUMS))));
  }

  @Test
  void convertsGradientsOfEachStep() {
    Tensor sums = tensor(SUMS);
    Tensor gradient = tensor(SUMS);
    Mish mish = new Mish(sums, gradient);
    float[] ones = new float[SUMS.length];
    Arrays.fill(ones, 1);

    for (int step = 0; step < 2; step++) {
      LibTorch.write(ones, gradient);
      mish.forward();
      mish.backward();

      float[] found = values(gradient);
      for (int i = 0; i < SUMS.length; i++) {
        double slope = (mish(SUMS[i] + 1e-5) - mish(SUMS[i] - 1e-5)) / 2e-5;
        assertThat((double) found[i]).as("at %s", SUMS[i]).isCloseTo(slope, within(1e-5));
      }
    }
  }
}
