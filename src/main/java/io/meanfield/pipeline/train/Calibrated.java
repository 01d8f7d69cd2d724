package io.meanfield.pipeline.train;

import io.meanfield.evaluate.Score;
import io.meanfield.evaluate.Temperatures;
import io.meanfield.network.Model;
import io.meanfield.train.Calibration;
import io.meanfield.train.TrainingData;
import java.util.OptionalDouble;

/**
 * A trained model whose probabilities are those of the data: without the effect of class weights,
 * and calibrated on the validation examples. Driver only.
 *
 * @param temperature by which its logits were divided; empty without calibration
 */
record Calibrated(Model model, OptionalDouble temperature) {

  static Calibrated of(Model trained, Calibration calibration, TrainingData data) {
    if (!trained.network().loss().givesProbabilities()) {
      return new Calibrated(trained, OptionalDouble.empty());
    }
    Model unweighted =
        data.classWeights().isUniform()
            ? trained
            : trained.withoutClassWeights(data.classWeights().weights());
    return switch (calibration) {
      case NONE -> new Calibrated(unweighted, OptionalDouble.empty());
      case TEMPERATURE ->
          data.split().scored() > 0
              ? tempered(unweighted, data)
              : new Calibrated(unweighted, OptionalDouble.empty());
    };
  }

  private static Calibrated tempered(Model trained, TrainingData data) {
    double temperature =
        Score.of(trained.network(), trained.state(), Temperatures.FINE, data.validation())
            .temperature(Temperatures.FINE);
    return new Calibrated(trained.tempered(temperature), OptionalDouble.of(temperature));
  }
}
