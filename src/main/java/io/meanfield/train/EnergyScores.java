package io.meanfield.train;

import io.meanfield.data.shard.ShardGroup;
import io.meanfield.evaluate.Energy;
import io.meanfield.learner.EnergyResult;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.layers.Rbm;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;

/**
 * The scores of a restricted Boltzmann machine after an epoch, with the averaged weights: means
 * over about {@value #EXAMPLES} examples of each set, the first of each worker's first chunk. All
 * are empty for another layer, those of validation also without validation examples, the
 * pseudo-likelihood for gaussian inputs, and each mean that is not finite.
 *
 * @param freeEnergy of training examples; only differences have a meaning, such as that to the
 *     validation examples, whose growth shows over-fitting (Hinton 2010, section 6)
 * @param reconstructionError the loss of the reconstruction from the probabilities of the hidden
 *     units
 * @param pseudoLikelihood natural logarithm of the pseudo-likelihood of an example, estimated from
 *     one visible unit of each
 */
public record EnergyScores(
    Optional<Double> freeEnergy,
    Optional<Double> validationFreeEnergy,
    Optional<Double> reconstructionError,
    Optional<Double> validationReconstructionError,
    Optional<Double> pseudoLikelihood,
    Optional<Double> validationPseudoLikelihood) {
  private static final int EXAMPLES = 10_000;

  /** The scores of an epoch that trained no restricted Boltzmann machine. */
  public static final EnergyScores NONE = of(EnergyResult.NONE, EnergyResult.NONE);

  /**
   * Scores a layer of a network; returns {@link #NONE} if it is no restricted Boltzmann machine.
   *
   * @param validation empty if there are no validation examples
   * @param workers number of shards of each set
   */
  static EnergyScores of(
      EngineNetwork network,
      int layer,
      LearnerState state,
      JavaRDD<ShardGroup> training,
      Optional<JavaRDD<ShardGroup>> validation,
      int workers) {
    if (!(network.settings().layers().get(layer) instanceof Rbm)) {
      return NONE;
    }
    int limit = (EXAMPLES + workers - 1) / workers;
    return of(
        Energy.of(network, layer, state, training, limit),
        validation
            .map(groups -> Energy.of(network, layer, state, groups, limit))
            .orElse(EnergyResult.NONE));
  }

  /** Returns the scores that are known, named as the columns of the table {@code epochs}. */
  public Map<String, Double> byColumn() {
    Map<String, Double> values = new LinkedHashMap<>();
    freeEnergy.ifPresent(value -> values.put("free_energy", value));
    validationFreeEnergy.ifPresent(value -> values.put("validation_free_energy", value));
    reconstructionError.ifPresent(value -> values.put("reconstruction_error", value));
    validationReconstructionError.ifPresent(
        value -> values.put("validation_reconstruction_error", value));
    pseudoLikelihood.ifPresent(value -> values.put("pseudo_likelihood", value));
    validationPseudoLikelihood.ifPresent(
        value -> values.put("validation_pseudo_likelihood", value));
    return values;
  }

  static EnergyScores of(EnergyResult training, EnergyResult validation) {
    return new EnergyScores(
        mean(training, training.freeEnergy()),
        mean(validation, validation.freeEnergy()),
        mean(training, training.reconstructionError()),
        mean(validation, validation.reconstructionError()),
        mean(training, training.pseudoLogLikelihood()),
        mean(validation, validation.pseudoLogLikelihood()));
  }

  private static Optional<Double> mean(EnergyResult result, double sum) {
    // Infinite sums too: the record of the epoch has no such numbers.
    return result.examples() == 0 || !Double.isFinite(sum)
        ? Optional.empty()
        : Optional.of(sum / result.examples());
  }
}
