package io.meanfield.engine.torch;

import io.meanfield.engine.torch.layers.BatchHeader;
import io.meanfield.engine.torch.tensor.LibTorch;
import io.meanfield.learner.Minibatch;
import io.meanfield.learner.StepResult;
import io.meanfield.network.Loss;
import org.bytedeco.pytorch.Tensor;

/** Computes loss and accuracy of each step in Java, from the tensors in the memory of the CPU. */
final class HostScores implements StepScores {
  private final Loss loss;
  private float[] outputs = new float[0];
  private StepResult sum = StepResult.NONE;

  /** Creates scores for a network with this loss. */
  HostScores(Loss loss) {
    this.loss = loss;
  }

  @Override
  public Runnable add(Tensor computed, LoadedBatch batch) {
    int count = Math.toIntExact(computed.numel());
    if (outputs.length < count) {
      outputs = new float[count];
    }
    LibTorch.read(computed, outputs);
    Minibatch expected = expected(batch);
    return () -> sum = sum.plus(StepResult.of(loss, outputs, expected));
  }

  /** Returns a minibatch with the targets and the sample weights of the step only. */
  private Minibatch expected(LoadedBatch batch) {
    BatchHeader header = batch.header();
    Tensor targets = batch.tensors().targets();
    Minibatch expected =
        new Minibatch(header.size(), 0, Math.toIntExact(targets.size(1)), header.task());
    expected.reset(header.size(), header.key());
    LibTorch.read(targets, expected.targets());
    if (header.weighted()) {
      float[] sampleWeights = LibTorch.read(batch.tensors().sampleWeights());
      for (int row = 0; row < header.size(); row++) {
        expected.setWeight(row, sampleWeights[row]);
      }
    }
    if (header.accuracyWeighted()) {
      expected.weightAccuracy();
    }
    return expected;
  }

  @Override
  public StepResult take() {
    StepResult taken = sum;
    sum = StepResult.NONE;
    return taken;
  }
}
