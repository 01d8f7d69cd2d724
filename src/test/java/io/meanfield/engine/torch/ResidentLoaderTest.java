package io.meanfield.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.engine.torch.tensor.GpuRoom;
import io.meanfield.engine.torch.tensor.LibTorch;
import io.meanfield.engine.torch.tensor.Staging;
import io.meanfield.engine.torch.tensor.Upload;
import io.meanfield.learner.Device;
import io.meanfield.learner.Minibatch;
import io.meanfield.learner.Minibatches;
import io.meanfield.learner.StepResult;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.TaskType;
import io.meanfield.network.TestNetworks;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.bytedeco.pytorch.Tensor;

/** The copies of a round to a GPU, here to the CPU, against a copy for each step. */
class ResidentLoaderTest {
  private static final long UNLIMITED = Long.MAX_VALUE;
  private static final org.bytedeco.pytorch.Device CPU = LibTorch.torchDevice(Device.CPU);

  /** A network, and its task. */
  private enum Case {
    DENSE("[6]", "{ dense = 5, activation = relu }, { dense = 3, activation = softmax }", true),
    CONVOLUTION(
        "[4, 4, 1]",
        "{ conv2d = 2, kernel = [3, 3], activation = relu }, { batch-normalization = true },"
            + " { flatten = true }, { dropout = 0.3 }, { dense = 3, activation = softmax }",
        true),
    RECURRENT(
        "[3, 2]",
        "{ lstm = 4, return-sequences = true }, { simple-rnn = 3 },"
            + " { dense = 3, activation = softmax }",
        true),
    REGRESSION(
        "[4]", "{ dense = 4, activation = tanh }, { dense = 2, activation = linear }", false);

    private final String input;
    private final String layers;
    private final TaskType task;

    Case(String input, String layers, boolean classes) {
      this.input = input;
      this.layers = layers;
      this.task = classes ? TaskType.MULTI_CLASS : TaskType.REGRESSION;
    }

    NetworkSettings network() {
      return TestNetworks.of(
          "network { input = "
              + input
              + ", layers = [ "
              + layers
              + " ], loss = "
              + (task == TaskType.MULTI_CLASS ? "categorical_crossentropy" : "mse")
              + ", optimizer { name = adam, schedule { name = constant, warmup-steps = 0 } } }");
    }
  }

  /** A sequence of random minibatches; the last one may be smaller. */
  private record Data(Case of, boolean images, boolean weighted, int examples, int batchSize) {
    Stream<Minibatch> stream(long seed) {
      NetworkSettings network = of.network();
      Minibatch batch =
          images
              ? Minibatch.ofImages(batchSize, network.inputs(), network.outputs(), of.task)
              : new Minibatch(batchSize, network.inputs(), network.outputs(), of.task);
      Random random = new Random(seed);
      return IntStream.range(0, steps())
          .mapToObj(
              step -> {
                batch.reset(Math.min(batchSize, examples - step * batchSize), seed + step);
                fill(batch, step, random);
                return batch;
              });
    }

    int steps() {
      return (examples + batchSize - 1) / batchSize;
    }

    private void fill(Minibatch batch, int step, Random random) {
      if (images) {
        random.nextBytes(batch.pixels());
      } else {
        for (int i = 0; i < batch.features().length; i++) {
          batch.features()[i] = random.nextFloat();
        }
      }
      for (int row = 0; row < batch.size(); row++) {
        fillTargets(batch, row, random);
        if (weighted && step % 2 == 1) {
          batch.setWeight(row, random.nextFloat());
          batch.weightAccuracy();
        }
      }
    }

    private void fillTargets(Minibatch batch, int row, Random random) {
      if (of.task == TaskType.MULTI_CLASS) {
        batch.label(row, random.nextInt(batch.outputs()));
        return;
      }
      for (int i = 0; i < batch.outputs(); i++) {
        batch.targets()[batch.targetOffset(row) + i] = random.nextFloat();
      }
    }
  }

  /** A learner whose copies to its device are counted. */
  private static final class CountedLearner {
    private final List<Long> copiedBytes = new ArrayList<>();
    private final TorchLearner learner;

    CountedLearner(NetworkSettings network, long room) {
      Upload counted =
          staged -> {
            copiedBytes.add(staged.nbytes());
            return Upload.to(CPU).copy(staged);
          };
      BatchLoader loader =
          new ResidentLoader(
              network, new InputBuffers(network, CPU), new Staging(false), counted, () -> room);
      learner = learner(network, loader);
    }
  }

  private static TorchLearner learner(NetworkSettings network, BatchLoader loader) {
    TorchLearner learner =
        new TorchLearner(
            network, Device.CPU, new TrainingPath(loader, new DeviceScores(network.loss(), CPU)));
    learner.restore(Model.untrained(network, 3).state());
    return learner;
  }

  private static TorchLearner stepwise(NetworkSettings network) {
    return learner(network, new StepwiseLoader(new InputBuffers(network, CPU)));
  }

  private static List<Object> bits(TorchLearner learner, StepResult... results) {
    LearnerState state = learner.state();
    return List.of(state.weights(), state.optimizerState(), state.iteration(), List.of(results));
  }

  private static void assertSameBits(
      Data data, long room, BiFunction<TorchLearner, Minibatches, StepResult> train) {
    TorchLearner expected = stepwise(data.of().network());
    TorchLearner found = new CountedLearner(data.of().network(), room).learner;
    for (long round = 0; round < 2; round++) {
      Minibatches once = Minibatches.stored(data.stream(round), data.examples());
      Minibatches again = Minibatches.stored(data.stream(round), data.examples());
      assertThat(bits(found, train.apply(found, once)))
          .usingRecursiveComparison()
          .isEqualTo(bits(expected, train.apply(expected, again)));
    }
    assertThat(found.state().iteration()).isEqualTo(2 * data.steps());
  }

  @Property(tries = 150)
  void roundHasTheBitsOfStepsThatCopyTheirOwnMinibatch(
      @ForAll Case of,
      @ForAll boolean images,
      @ForAll boolean weighted,
      @ForAll @IntRange(max = 30) int examples,
      @ForAll @IntRange(min = 1, max = 9) int batchSize,
      @ForAll @IntRange(max = 3000) int room,
      @ForAll boolean limited) {
    Data data = new Data(of, images, weighted, examples, batchSize);
    assertSameBits(data, limited ? room : UNLIMITED, TorchLearner::fit);
  }

  private static List<Long> copies(Data data, long room, boolean stored) {
    CountedLearner counted = new CountedLearner(data.of().network(), room);
    Stream<Minibatch> stream = data.stream(1);
    counted.learner.fit(
        stored ? Minibatches.stored(stream, data.examples()) : Minibatches.computed(stream));
    return counted.copiedBytes;
  }

  @Example
  void imagesOfARoundAreCopiedOnceOneByteForAPixel() {
    Data data = new Data(Case.DENSE, true, false, 50, 8);
    assertThat(copies(data, UNLIMITED, true)).containsExactly(50 * 6L, 50 * 3 * 4L);
  }

  @Example
  void numbersAndWeightsOfARoundAreCopiedOnce() {
    Data data = new Data(Case.REGRESSION, false, true, 50, 8);
    assertThat(copies(data, UNLIMITED, true)).containsExactly(50 * 4 * 4L, 50 * 2 * 4L, 50 * 4L);
  }

  @Example
  void roundLargerThanTheRoomIsCopiedInChunksOfWholeMinibatches() {
    // An example has 6 pixels, 3 targets and a weight: 22 bytes. So 20 fit: two minibatches of 8,
    // and at the end the last one of 2.
    Data data = new Data(Case.DENSE, true, false, 50, 8);
    assertThat(copies(data, 22 * 20, true))
        .containsExactly(16 * 6L, 16 * 12L, 16 * 6L, 16 * 12L, 18 * 6L, 18 * 12L);
  }

  @Example
  void workerUsesAQuarterOfTheFreeMemoryOfAGpuAtMost() {
    assertThat(GpuRoom.ofFree(400)).isEqualTo(100);
    assertThat(GpuRoom.ofFree(80L << 30)).isEqualTo(256L << 20);
  }

  @Example
  void copyIsNotAView() {
    Tensor staged = LibTorch.zeros(CPU, 2);
    Tensor copy = Upload.to(CPU).copy(staged);
    LibTorch.write(new float[] {1, 2}, staged);
    float[] numbers = new float[2];
    LibTorch.read(copy, numbers);
    assertThat(numbers).containsExactly(0, 0);
  }
}
