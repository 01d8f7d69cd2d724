package io.meanfield.network;

import io.meanfield.network.dl4j.Dl4jEngine;
import io.meanfield.network.torch.TorchEngine;
import java.util.function.Function;

/** The learners of this JVM. Of the engines, only those that are asked for are loaded. */
public final class Learners {
  private static final Pool<Place, Learner> POOL = new Pool<>(Learners::build);

  private Learners() {}

  private record Place(Architecture architecture, Device device) {}

  /** Lends a learner for {@code architecture} on {@code device} to {@code work}. */
  public static <T> T lend(Architecture architecture, Device device, Function<Learner, T> work) {
    return POOL.lend(new Place(architecture, device), work);
  }

  private static Learner build(Place place) {
    NetworkSettings network = place.architecture().network();
    return switch (place.architecture().engine()) {
      case TORCH -> TorchEngine.learner(network, place.device());
      case DL4J -> Dl4jEngine.learner(network);
    };
  }
}
