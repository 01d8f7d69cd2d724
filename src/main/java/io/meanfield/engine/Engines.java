package io.meanfield.engine;

import io.meanfield.engine.dl4j.Dl4jEngine;
import io.meanfield.engine.torch.TorchEngine;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.Engine;
import io.meanfield.network.NetworkSettings;
import java.util.Optional;

/** The choice of the engine that runs a network, with its reason. */
public final class Engines {
  private Engines() {}

  /**
   * The chosen engine.
   *
   * @param reason for the choice, a clause for the output
   */
  public record Selection(Engine engine, String reason) {}

  /**
   * Chooses an engine.
   *
   * @param recorded the engine with which the run began; the run continues with it if the setting
   *     is auto
   * @throws UserException if the settings name an engine that cannot run the network
   */
  public static Selection choose(
      EngineChoice wanted, NetworkSettings network, Optional<Engine> recorded) {
    return switch (wanted) {
      case TORCH ->
          explicit(Engine.TORCH, unsupportedReason(Engine.TORCH, network), "auto or dl4j");
      case DL4J -> explicit(Engine.DL4J, unsupportedReason(Engine.DL4J, network), "auto or torch");
      case AUTO -> recorded.map(Engines::resumed).orElseGet(() -> automatic(network));
    };
  }

  private static Selection explicit(Engine engine, Optional<String> obstacle, String otherwise) {
    obstacle.ifPresent(
        why -> {
          throw new UserException(
              ErrorCode.WRONG_SETTINGS,
              "network.engine = "
                  + engine.id()
                  + " cannot run this network: "
                  + why
                  + "; set it to "
                  + otherwise);
        });
    return new Selection(engine, "set by network.engine");
  }

  private static Selection resumed(Engine engine) {
    return new Selection(engine, "the run began with it");
  }

  private static Selection automatic(NetworkSettings network) {
    return unsupportedReason(Engine.TORCH, network)
        .map(why -> new Selection(Engine.DL4J, why))
        .orElseGet(() -> new Selection(Engine.TORCH, "it runs every layer"));
  }

  private static Optional<String> unsupportedReason(Engine engine, NetworkSettings network) {
    return engine == Engine.TORCH
        ? TorchEngine.unsupportedReason()
        : Dl4jEngine.unsupportedReason(network);
  }
}
