package io.meanfield.engine;

import io.meanfield.engine.dl4j.Dl4jEngine;
import io.meanfield.engine.torch.TorchEngine;
import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.learner.LearnerPool;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.NetworkSettings;
import java.util.function.Function;

/** Builds the learners of this JVM and reuses them. An engine is loaded at its first network. */
public final class Learners {
  private static final LearnerPool<PoolKey, Learner> POOL = new LearnerPool<>(Learners::build);

  private Learners() {}

  private record PoolKey(EngineNetwork network, Device device) {}

  /**
   * Calls {@code work} with a learner for {@code network} and returns the result. {@link
   * Learner#restore} sets the state of the learner, which may have been used before.
   *
   * @param device a GPU or the CPU; DL4J always computes on the CPU
   */
  public static <T> T withLearner(EngineNetwork network, Device device, Function<Learner, T> work) {
    return POOL.withLearner(new PoolKey(network, device), work);
  }

  private static Learner build(PoolKey key) {
    LoadedKernels.pinned(key.network().engine(), key.network().kernels());
    NetworkSettings settings = key.network().network();
    return switch (key.network().engine()) {
      case TORCH -> TorchEngine.learner(settings, key.device());
      case DL4J -> Dl4jEngine.learner(settings);
    };
  }
}
