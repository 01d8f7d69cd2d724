package io.meanfield.export;

import io.meanfield.evaluate.metric.PredictedColumns;
import io.meanfield.export.input.ModelInput;
import io.meanfield.scorer.InputColumn;
import io.meanfield.scorer.Scorer;

/**
 * Makes the scorer of a model, which scores rows without Spark.
 *
 * @param onnx the exported model
 * @param predictions what becomes of its outputs
 */
public record ScorerOf(byte[] onnx, PredictedColumns predictions)
    implements ModelInput.RowVisitor<Scorer> {
  @Override
  public Scorer array(InputColumn column) {
    return Scorer.ofArrays(onnx, column, predictions);
  }

  @Override
  public Scorer columns(ModelInput.Columns columns) {
    return Scorer.of(onnx, columns.encoder(), predictions);
  }
}
