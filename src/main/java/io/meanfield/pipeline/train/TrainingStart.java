package io.meanfield.pipeline.train;

import io.meanfield.engine.Engines;
import io.meanfield.kernels.Kernels;
import io.meanfield.kernels.Precision;
import io.meanfield.network.Engine;
import io.meanfield.network.Model;
import io.meanfield.network.TargetScale;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.RunKernels;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.train.history.TrainingListener;
import java.util.Optional;

/**
 * What determines, besides the settings, the model that a training starts from.
 *
 * @param kernels that are pinned already, because everything else may load the libraries
 * @param recordedEngine the engine with which the job's run began, because a continued run keeps
 *     it; empty for a new run, or for none
 * @param initialWeights the weights that training starts from; empty for random ones
 */
public record TrainingStart(
    Kernels kernels, Optional<Engine> recordedEngine, Optional<InitialWeights> initialWeights) {

  /** Returns the start of a job that creates or continues a run. */
  public static TrainingStart of(
      JobContext job, Kernels kernels, Optional<InitialWeights> initialWeights) {
    return new TrainingStart(
        kernels,
        job.runs().find(job.id()).flatMap(run -> run.manifest().string("engine")).map(Engine::of),
        initialWeights);
  }

  /** Returns the start of a training with random weights that creates no run. */
  static TrainingStart withoutRun(Kernels kernels) {
    return new TrainingStart(kernels, Optional.empty(), Optional.empty());
  }

  /**
   * Returns the model, on the engine that the settings choose. Random weights predict scaled
   * targets as they are; those of a finished model are scaled first.
   *
   * @param scale in which the network learns its targets
   * @param listener learns which engine is chosen
   * @throws io.meanfield.error.UserException if the settings or the weights cannot be used
   */
  public Model model(JobSettings settings, TargetScale scale, TrainingListener listener) {
    Engines.Selection engine =
        Engines.choose(settings.engine().engine(), settings.network(), recordedEngine);
    listener.engineChosen(engine);
    Precision precision = settings.engine().precisionOn(engine.engine());
    RunKernels.warnOfSlowPrecision(precision, kernels);
    Model untrained =
        Model.untrained(settings.network(), settings.seed()).withEngine(engine.engine());
    return initialWeights
        .map(weights -> weights.startFor(untrained).learning(scale))
        .orElse(untrained.withTargets(scale))
        .withKernels(kernels)
        .withPrecision(precision);
  }
}
