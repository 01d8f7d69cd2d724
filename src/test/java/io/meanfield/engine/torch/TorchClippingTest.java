package io.meanfield.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.engine.torch.tensor.LibTorch;
import io.meanfield.learner.Device;
import io.meanfield.network.GradientClipping;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchClippingTest {
  private static Tensor gradient() {
    Tensor gradient = LibTorch.zeros(LibTorch.torchDevice(Device.CPU), 2);
    LibTorch.write(new float[] {3, -4}, gradient); // its norm is 5
    return gradient;
  }

  private static float[] read(Tensor tensor) {
    float[] numbers = new float[2];
    LibTorch.read(tensor, numbers);
    return numbers;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 2.5, 5, 7})
  void clippingOnADeviceHasTheBitsOfClippingWithTheNormInJava(double limit) {
    float[] expected = read(new TorchClipping(gradient()).norm(new GradientClipping.Norm(limit)));
    assertThat(read(new TorchClipping(gradient()).onDevice(limit))).isEqualTo(expected);
    assertThat(expected[0] == 3).isEqualTo(limit >= 5);
  }
}
