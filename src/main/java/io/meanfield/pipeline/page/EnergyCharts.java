package io.meanfield.pipeline.page;

import io.meanfield.report.page.Block;
import io.meanfield.report.page.Marker;
import io.meanfield.report.page.Paragraph;
import io.meanfield.train.EnergyScores;
import io.meanfield.train.EpochResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The scores of a restricted Boltzmann machine by epoch. Its loss is left out: it is the
 * reconstruction error.
 */
final class EnergyCharts {
  private EnergyCharts() {}

  static List<Block> blocks(RunEpochs epochs) {
    EpochChart charts =
        new EpochChart(
            epochs, epochs.best().map(best -> new Marker(best, "best epoch")).stream().toList());
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Paragraph(
            "The free energy of a single set of examples says nothing. The difference between"
                + " validation and training does: while it stays level, the machine describes new"
                + " examples as well as those that it has seen; if it grows, the machine"
                + " over-fits."));
    charts
        .of(
            "Free energy by epoch",
            "free energy",
            lines(EnergyScores::freeEnergy, EnergyScores::validationFreeEnergy))
        .ifPresent(blocks::add);
    charts
        .of(
            "Free energy of validation minus training, by epoch",
            "difference of the free energies",
            Map.of("validation minus training", EnergyCharts::difference))
        .ifPresent(blocks::add);
    charts
        .of(
            "Reconstruction error by epoch",
            "reconstruction error",
            lines(EnergyScores::reconstructionError, EnergyScores::validationReconstructionError))
        .ifPresent(blocks::add);
    charts
        .of(
            "Pseudo-likelihood by epoch",
            "logarithm of the pseudo-likelihood",
            lines(EnergyScores::pseudoLikelihood, EnergyScores::validationPseudoLikelihood))
        .ifPresent(blocks::add);
    blocks.add(charts.learningRate());
    return blocks;
  }

  private static Map<String, Function<EpochResult, Optional<Double>>> lines(
      Function<EnergyScores, Optional<Double>> training,
      Function<EnergyScores, Optional<Double>> validation) {
    Map<String, Function<EpochResult, Optional<Double>>> lines = new LinkedHashMap<>();
    lines.put("training", epoch -> training.apply(epoch.energy()));
    lines.put("validation", epoch -> validation.apply(epoch.energy()));
    return lines;
  }

  private static Optional<Double> difference(EpochResult epoch) {
    EnergyScores energy = epoch.energy();
    return energy
        .validationFreeEnergy()
        .flatMap(validation -> energy.freeEnergy().map(training -> validation - training));
  }
}
