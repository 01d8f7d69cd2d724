package io.meanfield.dl4jspark;

import io.meanfield.engine.dl4j.Dl4jStateAdapter;
import io.meanfield.engine.dl4j.NativeFloats;
import io.meanfield.engine.dl4j.NativeThreads;
import io.meanfield.network.LearnerState;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A worker's copy of the network: plain {@code MultiLayerNetwork.fit}, whatever the layers. Stays
 * on its executor; not thread-safe, one math thread.
 */
final class Replica {
  private final MultiLayerNetwork net;
  private final Dl4jStateAdapter state;
  private final Map<BatchShape, DataSet> batches = new HashMap<>();

  private record BatchShape(ExampleLayout layout, int size) {}

  Replica(String configuration) {
    NativeThreads.useSingle();
    net = new MultiLayerNetwork(MultiLayerConfiguration.fromJson(configuration));
    net.init();
    state = new Dl4jStateAdapter(net);
  }

  /**
   * Takes over a state.
   *
   * @param seed of what is random in a step, such as dropout
   */
  void restore(LearnerState from, long seed) {
    state.restore(from);
    Nd4j.getRandom().setSeed(seed); // of this thread
  }

  LearnerState state() {
    return state.state();
  }

  /** One step on {@code size} rows from {@code first} on; their mean loss before the step. */
  double fit(ExampleRows rows, int first, int size) {
    DataSet batch = batches.computeIfAbsent(new BatchShape(rows.layout(), size), Replica::allocate);
    for (int part = 0; part < rows.layout().shapes().size(); part++) {
      INDArray target = ExampleLayout.arrays(batch).get(part);
      if (target != null) {
        float[] numbers = rows.part(part, first, size);
        NativeFloats.write(numbers, numbers.length, target);
      }
    }
    net.fit(batch);
    return net.score();
  }

  private static DataSet allocate(BatchShape shape) {
    return new DataSet(
        allocate(shape, 0), allocate(shape, 1), allocate(shape, 2), allocate(shape, 3));
  }

  private static INDArray allocate(BatchShape shape, int part) {
    // DL4J's word for no mask is null.
    return shape.layout().width(part) == 0
        ? null
        : Nd4j.create(DataType.FLOAT, shape.layout().batch(part, shape.size()), 'c');
  }
}
