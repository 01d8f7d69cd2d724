package io.meanfield.engine;

import io.meanfield.engine.dl4j.Dl4jEngine;
import io.meanfield.engine.torch.TorchEngine;
import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.learner.LearnerPool;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.NetworkSettings;
import java.util.function.Function;

/** The learners of this JVM. An engine is loaded when a network first needs it. */
public final class Learners {
  private static final LearnerPool<PoolKey, Learner> POOL = new LearnerPool<>(Learners::build);

  private Learners() {}

  private record PoolKey(EngineNetwork architecture, Device device) {}

  /** Calls {@code work} with a learner for {@code network} on {@code device}. */
  public static <T> T withLearner(EngineNetwork network, Device device, Function<Learner, T> work) {
    return POOL.withLearner(new PoolKey(network, device), work);
  }

  private static Learner build(PoolKey place) {
    NetworkSettings network = place.architecture().network();
    return switch (place.architecture().engine()) {
      case TORCH -> TorchEngine.learner(network, place.device());
      case DL4J -> Dl4jEngine.learner(network);
    };
  }
}
