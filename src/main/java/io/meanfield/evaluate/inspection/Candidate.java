package io.meanfield.evaluate.inspection;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.evaluate.metric.PredictionBlock;
import java.io.Serializable;
import java.util.Comparator;

/**
 * An example that may be shown.
 *
 * @param key the id of the example in the data
 * @param rank orders the examples of its kind: those of the smallest ranks are shown
 * @param score of the predicted class; NaN unless each example has one class
 */
@DefaultSerializer(JavaSerializer.class)
record Candidate(
    long id,
    String key,
    SampleKind kind,
    double rank,
    float[] targets,
    float[] outputs,
    float score)
    implements Serializable {
  /** The order in which examples are shown; equal for every partitioning. */
  static final Comparator<Candidate> ORDER =
      Comparator.comparingDouble(Candidate::rank).thenComparingLong(Candidate::id);

  static Candidate of(PredictionBlock block, int row, SampleKind kind, double rank) {
    boolean single = block.spec().isSingleLabel();
    return new Candidate(
        block.ids()[row],
        block.externalIds().length > 0 ? block.externalIds()[row] : Long.toString(block.ids()[row]),
        kind,
        rank,
        block.targets(row),
        block.outputs(row),
        single ? block.score(row, block.predicted(row)) : Float.NaN);
  }
}
