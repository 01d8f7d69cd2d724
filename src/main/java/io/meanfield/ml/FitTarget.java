package io.meanfield.ml;

import io.meanfield.data.ColumnNames;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.Loss;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** What the network predicts, and the layers and the loss that follow from it. */
sealed interface FitTarget {
  /** Returns the last layer, as in {@code network.layers}. */
  Map<String, Object> lastLayer();

  /** Returns the loss, as in {@code network.loss}. */
  String loss();

  /** Returns the label column if it contains classes, as in {@code data.columns.label}. */
  Optional<String> label();

  /** Returns the label column if it contains numbers, as in {@code data.columns.targets}. */
  List<String> targets();

  /** Returns the rows with labels as they stand in files. */
  Dataset<Row> typed(Dataset<Row> rows);

  /**
   * Throws unless a network with this loss can predict the label.
   *
   * @throws UserException with the losses that can be set
   */
  default void requireLoss(Loss loss) {}

  /** The column contains classes from 0 to {@code count} - 1, as numbers of type double. */
  record Classification(String column, int count) implements FitTarget {
    @Override
    public Map<String, Object> lastLayer() {
      return Map.of("dense", count, "activation", "softmax");
    }

    @Override
    public String loss() {
      return "categorical_crossentropy";
    }

    @Override
    public Optional<String> label() {
      return Optional.of(column);
    }

    @Override
    public List<String> targets() {
      return List.of();
    }

    @Override
    public void requireLoss(Loss loss) {
      if (!loss.givesProbabilities()) {
        throw new UserException(
            ErrorCode.WRONG_SETTINGS,
            "a classifier needs network.loss = categorical_crossentropy or binary_crossentropy,"
                + " which give probabilities, found "
                + loss.id()
                + " in param network");
      }
    }

    @Override
    public Dataset<Row> typed(Dataset<Row> rows) {
      return rows.withColumn(column, ColumnNames.named(column).cast(DataTypes.IntegerType));
    }
  }

  /** The column contains numbers. */
  record Regression(String column) implements FitTarget {
    @Override
    public Map<String, Object> lastLayer() {
      return Map.of("dense", 1, "activation", "linear");
    }

    @Override
    public String loss() {
      return "mse";
    }

    @Override
    public Optional<String> label() {
      return Optional.empty();
    }

    @Override
    public List<String> targets() {
      return List.of(column);
    }

    @Override
    public Dataset<Row> typed(Dataset<Row> rows) {
      return rows;
    }
  }
}
