package io.meanfield.engine;

import io.meanfield.engine.dl4j.Dl4jEngine;
import io.meanfield.engine.torch.TorchEngine;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.kernels.NativeLibraries;
import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.learner.LearnerPool;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.Engine;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.NetworkSettings;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Builds the learners of this JVM and reuses them. An engine is loaded at its first network. */
public final class Learners {
  // An epoch trains the members of an ensemble, and then scores the ensemble.
  private static final LearnerPool<EngineNetwork, PooledLearner> POOL =
      new LearnerPool<>(
          EngineNetwork::member,
          (network, assigned) -> new PooledLearner(build(network, assigned)));

  private Learners() {}

  /**
   * Calls {@code work} with a learner for {@code network} and returns the result. {@link
   * Learner#restore} sets the state of the learner, which may have been used before.
   *
   * @param assigned the GPU that Spark has assigned to the task, or the CPU
   * @throws io.meanfield.error.UserException if the engine cannot use the assigned GPU
   */
  public static <T> T withLearner(
      EngineNetwork network, Device assigned, Function<Learner, T> work) {
    return POOL.withLearner(network, assigned, pooled -> work.apply(pooled.learner()));
  }

  /** Computes the outputs for minibatches with the weights of one state. */
  @FunctionalInterface
  public interface Predictor {
    /** Does as {@link Learner#predict}. */
    void predict(Minibatch batch, float[] outputs);
  }

  /**
   * Calls {@code work} with a learner that has the weights of {@code state} and returns the result.
   *
   * @param state whose arrays never change: a learner is not restored to the same state twice
   * @param assigned as in {@link #withLearner}
   * @throws io.meanfield.error.UserException as {@link #withLearner}
   */
  public static <T> T withPredictor(
      EngineNetwork network, LearnerState state, Device assigned, Function<Predictor, T> work) {
    return POOL.withLearner(
        network, assigned, pooled -> work.apply(pooled.withState(state)::predict));
  }

  private static Learner build(EngineNetwork network, Device assigned) {
    LoadedKernels.pinned(network.engine(), network.kernels());
    NetworkSettings settings = network.settings();
    assigned
        .gpu()
        .ifPresentOrElse(
            gpu -> requireUsable(network.engine(), assigned),
            () -> NativeLibraries.requirePrecision(network.precision(), network.kernels()));
    return settings.members() == 1
        ? build(network, settings, assigned)
        : new EnsembleLearner(
            Stream.generate(() -> build(network, settings.member(), assigned))
                .limit(settings.members())
                .toList(),
            settings.outputs());
  }

  private static Learner build(EngineNetwork network, NetworkSettings settings, Device assigned) {
    return switch (network.engine()) {
      case TORCH -> TorchEngine.learner(settings, network.precision(), assigned);
      case DL4J -> Dl4jEngine.learner(settings);
    };
  }

  private static void requireUsable(Engine engine, Device gpu) {
    unusableReason(engine, gpu)
        .ifPresent(
            reason -> {
              throw UserException.of(
                  ErrorCode.WRONG_SETTINGS,
                  "Spark assigned the GPU %s to a task on %s, but %s; correct that, or submit the"
                      + " job without GPUs to compute on the CPU",
                  gpu.address(),
                  NativeLibraries.hostName(),
                  reason);
            });
  }

  /** Returns the reason why an engine cannot compute on a GPU of this machine; empty if it can. */
  public static Optional<String> unusableReason(Engine engine, Device gpu) {
    return switch (engine) {
      case TORCH -> TorchEngine.unusableReason(gpu);
      case DL4J -> Optional.of("network.engine = dl4j computes on the CPU only");
    };
  }
}
