package io.meanfield.pretrain;

import io.meanfield.pretrain.PretrainSettings.Method;
import io.meanfield.store.table.RowTable;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.types.DataTypes;

/**
 * A row of the table {@code pretraining}: the mean scores of a layer after an epoch.
 *
 * @param layer from 0
 * @param epoch from 1
 * @param validation empty without validation examples
 */
record PretrainRow(
    Method method, int layer, int epoch, LayerScore training, Optional<LayerScore> validation) {
  static final RowTable<PretrainRow> TABLE =
      RowTable.<PretrainRow>named("pretraining")
          .column("layer", DataTypes.IntegerType, PretrainRow::layer)
          .column("epoch", DataTypes.IntegerType, PretrainRow::epoch)
          .column(
              "reconstruction_error", DataTypes.DoubleType, row -> row.training().crossEntropy())
          .nullable(
              "validation_reconstruction_error",
              DataTypes.DoubleType,
              row -> row.validation().map(LayerScore::crossEntropy))
          .nullable(
              "free_energy",
              DataTypes.DoubleType,
              row -> row.ofMachine(Optional.of(row.training()), LayerScore::freeEnergy))
          .nullable(
              "validation_free_energy",
              DataTypes.DoubleType,
              row -> row.ofMachine(row.validation(), LayerScore::freeEnergy))
          .nullable(
              "pseudo_likelihood",
              DataTypes.DoubleType,
              row -> row.ofMachine(Optional.of(row.training()), LayerScore::pseudoLikelihood))
          .nullable(
              "validation_pseudo_likelihood",
              DataTypes.DoubleType,
              row -> row.ofMachine(row.validation(), LayerScore::pseudoLikelihood));

  /** Returns a score that only a restricted Boltzmann machine has. */
  private Optional<Double> ofMachine(
      Optional<LayerScore> score, ToDoubleFunction<LayerScore> value) {
    return score.filter(found -> method == Method.RBM).map(value::applyAsDouble);
  }
}
