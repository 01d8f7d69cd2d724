package io.meanfield.engine.torch.layers;

import io.meanfield.engine.torch.tensor.LibTorch;
import io.meanfield.engine.torch.tensor.TorchParameters;
import io.meanfield.network.layers.Lstm;
import io.meanfield.network.layers.ParameterKind;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * LibTorch's LSTM on DL4J's weights, whose blocks of units it reorders at each pass. The output is
 * [size, steps, units], or [size, units] of the last step.
 */
final class TorchLstm implements TorchLayer {
  private final int units;
  private final boolean returnSequences;
  private final Tensor kernel;
  private final Tensor recurrentKernel;
  private final Tensor bias;
  private final Tensor recurrentBias;
  private final Tensor order;

  TorchLstm(Lstm lstm, int number, TorchParameters weights) {
    this.units = lstm.units();
    this.returnSequences = lstm.returnSequences();
    this.kernel = weights.kernel(number, ParameterKind.KERNEL);
    this.recurrentKernel = weights.kernel(number, ParameterKind.RECURRENT_KERNEL);
    this.bias = weights.vector(number, ParameterKind.BIAS);
    // LibTorch has a second bias, which Keras and DL4J lack.
    this.recurrentBias = LibTorch.zeros(bias.device(), bias.numel());
    this.order = Tensor.create(order()).to(bias.device(), torch.ScalarType.Long);
  }

  /** Returns the index of each row in DL4J's weights, in LibTorch's order of the rows. */
  private long[] order() {
    return LongStream.range(0, (long) Lstm.DL4J_BLOCKS.size() * units)
        .map(row -> (long) Lstm.DL4J_BLOCKS.get((int) (row / units)) * units + row % units)
        .toArray();
  }

  @Override
  public Tensor forward(Tensor input, ForwardContext pass) {
    Tensor zeros = pass.narrowed(LibTorch.zeros(input.device(), 1, pass.size(), units));
    TensorVector parameters =
        new TensorVector(
            pass.narrowed(kernel.index_select(0, order)),
            pass.narrowed(recurrentKernel.index_select(0, order)),
            pass.narrowed(bias.index_select(0, order)),
            pass.narrowed(recurrentBias));
    Tensor narrow =
        torch
            .lstm(
                pass.narrowed(input),
                new TensorVector(zeros, zeros),
                parameters,
                true,
                1,
                0,
                pass.training(),
                false,
                true)
            .get0();
    Tensor states = pass.widened(narrow);
    return returnSequences ? states : states.select(1, states.size(1) - 1);
  }
}
