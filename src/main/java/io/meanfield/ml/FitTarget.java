package io.meanfield.ml;

import io.meanfield.data.ColumnNames;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.Loss;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * What the network predicts.
 *
 * @param column the label column, of type double
 * @param classes the number of classes, which the column numbers from 0; 0 if it contains numbers
 *     to predict
 */
record FitTarget(String column, int classes) {
  boolean isClass() {
    return classes > 0;
  }

  /** Returns the last layer, as in {@code network.layers}. */
  Map<String, Object> lastLayer() {
    return isClass()
        ? Map.of("dense", classes, "activation", "softmax")
        : Map.of("dense", 1, "activation", "linear");
  }

  /** Returns the loss, as in {@code network.loss}. */
  String loss() {
    return isClass() ? "categorical_crossentropy" : "mse";
  }

  /** Returns the rows with labels as they stand in files. */
  Dataset<Row> typed(Dataset<Row> rows) {
    return isClass()
        ? rows.withColumn(column, ColumnNames.named(column).cast(DataTypes.IntegerType))
        : rows;
  }

  /**
   * Throws unless a network with this loss can predict the label.
   *
   * @throws UserException with the losses that can be set
   */
  void requireLoss(Loss loss) {
    if (isClass() && !loss.givesProbabilities()) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "a classifier needs network.loss = categorical_crossentropy or binary_crossentropy,"
              + " which give probabilities, found "
              + loss.id()
              + " in param network");
    }
  }
}
