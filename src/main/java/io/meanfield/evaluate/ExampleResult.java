package io.meanfield.evaluate;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.evaluate.metric.PredictionBlock;
import java.io.Serializable;

/**
 * How well a model predicts one example.
 *
 * @param actual the class of the example; -1 unless each example has one class
 * @param predicted the predicted class; -1 unless each example has one class
 * @param correct whether the prediction is correct; false in a regression
 * @param squaredError mean over the outputs
 * @param absoluteError mean over the outputs
 * @param weight of the example; 1 if it has none
 * @param score the output for class 1; 0 unless there are two classes
 */
@DefaultSerializer(JavaSerializer.class)
public record ExampleResult(
    int actual,
    int predicted,
    boolean correct,
    double loss,
    double squaredError,
    double absoluteError,
    double weight,
    float score)
    implements Serializable {

  static ExampleResult of(PredictionBlock block, int row) {
    boolean classes = block.spec().isSingleLabel();
    return new ExampleResult(
        classes ? block.actual(row) : -1,
        classes ? block.predicted(row) : -1,
        block.spec().taskType().hasAccuracy() && block.isCorrect(row),
        block.loss(row),
        block.squaredError(row),
        block.absoluteError(row),
        block.weight(row),
        block.spec().hasTwoClasses() ? block.score(row, 1) : 0);
  }
}
