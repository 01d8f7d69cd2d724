package io.meanfield.dl4jspark;

import io.meanfield.engine.LoadedKernels;
import io.meanfield.engine.dl4j.Dl4jStateAdapter;
import io.meanfield.engine.dl4j.NativeFloats;
import io.meanfield.engine.dl4j.NativeThreads;
import io.meanfield.network.Engine;
import io.meanfield.network.LearnerState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.TrainingHook;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A worker's copy of the network, trained by {@code MultiLayerNetwork.fit}, so any layer is
 * supported. Stays on its executor and uses one math thread. Not thread-safe.
 */
final class Replica {
  private final MultiLayerNetwork net;
  private final Dl4jStateAdapter state;
  private final Map<BatchShape, DataSet> batches = new HashMap<>();

  private record BatchShape(ExampleLayout layout, int size) {}

  Replica(ReplicaKey network) {
    LoadedKernels.pinned(Engine.DL4J, network.kernels());
    NativeThreads.useSingle();
    net = new MultiLayerNetwork(MultiLayerConfiguration.fromJson(network.configuration()));
    net.init();
    state = new Dl4jStateAdapter(net);
  }

  /**
   * Restores a state.
   *
   * @param seed seed of the random numbers of a step, for example those of dropout
   */
  void restore(LearnerState from, long seed) {
    state.restore(from);
    Nd4j.getRandom().setSeed(seed); // ND4J has one generator for each thread
  }

  LearnerState state() {
    return state.state();
  }

  /**
   * Trains one step on the rows at {@code size} positions, starting at {@code first}; returns their
   * mean loss before the step.
   *
   * @param order the row at each position
   * @param hooks called before and after the step
   */
  double fit(
      ExampleRows rows, IntUnaryOperator order, int first, int size, List<TrainingHook> hooks) {
    DataSet batch = batches.computeIfAbsent(new BatchShape(rows.layout(), size), Replica::allocate);
    for (int part = 0; part < rows.layout().shapes().size(); part++) {
      INDArray target = ExampleLayout.arrays(batch).get(part);
      if (target != null) {
        float[] numbers = rows.part(part, order, first, size);
        NativeFloats.write(numbers, numbers.length, target);
      }
    }
    hooks.forEach(hook -> hook.preUpdate(batch, net));
    net.fit(batch);
    hooks.forEach(hook -> hook.postUpdate(batch, net));
    return net.score();
  }

  private static DataSet allocate(BatchShape shape) {
    return new DataSet(
        allocate(shape, 0), allocate(shape, 1), allocate(shape, 2), allocate(shape, 3));
  }

  private static INDArray allocate(BatchShape shape, int part) {
    // In DL4J, null means no mask.
    return shape.layout().width(part) == 0
        ? null
        : Nd4j.create(DataType.FLOAT, shape.layout().batch(part, shape.size()), 'c');
  }
}
