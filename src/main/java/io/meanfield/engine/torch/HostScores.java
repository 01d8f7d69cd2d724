package io.meanfield.engine.torch;

import io.meanfield.learner.Minibatch;
import io.meanfield.learner.StepResult;
import io.meanfield.network.Loss;
import org.bytedeco.pytorch.Tensor;

/** Computes loss and accuracy of each step in Java, from the outputs in the memory of the CPU. */
final class HostScores implements StepScores {
  private final Loss loss;
  private float[] outputs = new float[0];
  private StepResult sum = StepResult.NONE;

  /** Creates scores for a network with this loss. */
  HostScores(Loss loss) {
    this.loss = loss;
  }

  @Override
  public Runnable add(Tensor computed, InputTensors loaded, Minibatch batch) {
    int count = Math.toIntExact(computed.numel());
    if (outputs.length < count) {
      outputs = new float[count];
    }
    LibTorch.read(computed, outputs);
    return () -> sum = sum.plus(StepResult.of(loss, outputs, batch));
  }

  @Override
  public Runnable addReconstruction(Loss layerLoss, Tensor reconstruction, Tensor inputs) {
    int size = Math.toIntExact(inputs.size(0));
    float[] expected = copy(inputs);
    float[] found = copy(reconstruction);
    return () -> sum = sum.plus(StepResult.ofAutoencoder(layerLoss, found, expected, size));
  }

  private static float[] copy(Tensor tensor) {
    float[] numbers = new float[Math.toIntExact(tensor.numel())];
    LibTorch.read(tensor, numbers);
    return numbers;
  }

  @Override
  public StepResult take() {
    StepResult taken = sum;
    sum = StepResult.NONE;
    return taken;
  }
}
