package io.meanfield.network;

import io.meanfield.network.dl4j.Dl4jEngine;
import io.meanfield.network.torch.TorchEngine;
import io.meanfield.settings.Complaint;
import io.meanfield.settings.ErrorCode;
import java.util.Optional;

/** Which engine runs a network, and why. */
public final class Engines {
  private Engines() {}

  /**
   * An engine that was chosen.
   *
   * @param reason a clause for people
   */
  public record Chosen(Engine engine, String reason) {}

  /**
   * Chooses.
   *
   * @param recorded the engine that a run has begun with: it goes on with that one where the
   *     settings leave the choice open
   * @throws Complaint if the settings name an engine that cannot run the network
   */
  public static Chosen choose(
      EngineChoice wanted, NetworkSettings network, Optional<Engine> recorded) {
    return switch (wanted) {
      case TORCH -> named(Engine.TORCH, obstacle(Engine.TORCH, network), "auto or dl4j");
      case DL4J -> named(Engine.DL4J, obstacle(Engine.DL4J, network), "auto or torch");
      case AUTO -> recorded.map(Engines::goesOn).orElseGet(() -> automatic(network));
    };
  }

  private static Chosen named(Engine engine, Optional<String> obstacle, String otherwise) {
    obstacle.ifPresent(
        why -> {
          throw new Complaint(
              ErrorCode.WRONG_SETTINGS,
              "network.engine = "
                  + engine.word()
                  + " cannot run this network: "
                  + why
                  + "; set it to "
                  + otherwise);
        });
    return new Chosen(engine, "as network.engine says");
  }

  private static Chosen goesOn(Engine engine) {
    return new Chosen(engine, "the run began with it");
  }

  private static Chosen automatic(NetworkSettings network) {
    return obstacle(Engine.TORCH, network)
        .map(why -> new Chosen(Engine.DL4J, why))
        .orElseGet(() -> new Chosen(Engine.TORCH, "it runs every layer"));
  }

  private static Optional<String> obstacle(Engine engine, NetworkSettings network) {
    return engine == Engine.TORCH ? TorchEngine.obstacle() : Dl4jEngine.obstacle(network);
  }
}
