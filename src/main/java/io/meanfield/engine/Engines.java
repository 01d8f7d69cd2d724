package io.meanfield.engine;

import io.meanfield.engine.dl4j.Dl4jEngine;
import io.meanfield.engine.torch.TorchEngine;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.Engine;
import io.meanfield.network.NetworkSettings;
import java.util.Optional;
import java.util.function.Function;

/** Chooses the engine that computes a network, and gives the reason. */
public final class Engines {
  private Engines() {}

  /**
   * The chosen engine.
   *
   * @param reason a clause that explains the choice to the user
   */
  public record Selection(Engine engine, String reason) {}

  /**
   * Chooses an engine.
   *
   * @param wanted the setting network.engine; empty for auto
   * @param recorded the engine with which the run began, with which it continues if the setting is
   *     auto; empty for a new run
   * @throws UserException if the settings name an engine that cannot run the network
   */
  public static Selection choose(
      Optional<Engine> wanted, NetworkSettings network, Optional<Engine> recorded) {
    return wanted
        .map(engine -> explicit(engine, network))
        .or(() -> recorded.map(Engines::resumed))
        .orElseGet(() -> automatic(network));
  }

  private static Selection explicit(Engine engine, NetworkSettings network) {
    unsupportedReason(engine, network)
        .ifPresent(
            reason -> {
              throw UserException.of(
                  ErrorCode.WRONG_SETTINGS,
                  "network.engine = %s cannot run this network: %s; set it to auto or %s",
                  engine.id(),
                  reason,
                  (engine == Engine.TORCH ? Engine.DL4J : Engine.TORCH).id());
            });
    return new Selection(engine, "set by network.engine");
  }

  private static Selection resumed(Engine engine) {
    return new Selection(engine, "the run started with it");
  }

  private static Selection automatic(NetworkSettings network) {
    return automatic(engine -> unsupportedReason(engine, network));
  }

  /**
   * Returns the fast engine, or the reference engine if the fast one cannot run the network.
   *
   * @throws UserException if no engine can
   */
  static Selection automatic(Function<Engine, Optional<String>> unsupportedReason) {
    Optional<String> torch = unsupportedReason.apply(Engine.TORCH);
    if (torch.isEmpty()) {
      return new Selection(Engine.TORCH, "it runs every layer");
    }
    Optional<String> dl4j = unsupportedReason.apply(Engine.DL4J);
    if (dl4j.isPresent()) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "no engine can run this network on this machine; torch: %s; dl4j: %s",
          torch.get(),
          dl4j.get());
    }
    return new Selection(Engine.DL4J, torch.get());
  }

  /** Returns why an engine cannot run a network; empty if it can. */
  static Optional<String> unsupportedReason(Engine engine, NetworkSettings network) {
    return switch (engine) {
      case TORCH -> TorchEngine.unsupportedReason();
      case DL4J -> Dl4jEngine.unsupportedReason(network);
    };
  }
}
