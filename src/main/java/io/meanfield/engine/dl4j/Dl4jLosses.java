package io.meanfield.engine.dl4j;

import io.meanfield.network.Loss;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMAE;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** Converts losses to DL4J's. */
final class Dl4jLosses {
  private Dl4jLosses() {}

  /** Returns the loss with Keras' value for one example of {@code outputs} numbers. */
  static ILossFunction of(Loss loss, int outputs) {
    return switch (loss.kind()) {
      case CATEGORICAL_CROSSENTROPY -> new LossMCXENT();
      // DL4J sums this loss over the outputs, Keras averages it.
      case BINARY_CROSSENTROPY -> new LossBinaryXENT(Nd4j.valueArrayOf(1, outputs, 1f / outputs));
      // DL4J has no Huber loss; WeightedLoss replaces this one for training.
      case MSE, HUBER -> new LossMSE();
      case MAE -> new LossMAE();
    };
  }
}
