package io.meanfield.evaluate;

import io.meanfield.evaluate.contribution.Contributions;
import io.meanfield.evaluate.metric.PredictedColumns;
import io.meanfield.evaluate.metric.PredictionBlock;
import java.util.List;

/**
 * A row of a table with the outputs of a network. It stays in the task that made it.
 *
 * @param values the id and the copied columns
 * @param outputs of all rows of a block
 * @param row the index in the block
 * @param explained the contributions of all rows of the block; none unless they are wanted
 */
record ScoredRow(
    Object[] values, PredictionBlock outputs, int row, List<Contributions.OfRow> explained) {
  Object value(int column) {
    return values[column];
  }

  Contributions.OfRow contributions() {
    return explained.get(row);
  }

  /** Returns the value of a column of predictions. */
  Object value(PredictedColumns.Value column) {
    return column.of(outputs.outputs(), row * outputs.width());
  }
}
