package io.meanfield.network;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The libraries that can compute a network. Both use the same settings, weight layout and formulas.
 */
public enum Engine {
  /** LibTorch, called through JavaCPP. */
  TORCH,
  /** DL4J, the reference. */
  DL4J;

  /** Returns the name of the engine in settings and manifests. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the engine with this {@link #id}, which a file records.
   *
   * @throws UserException if there is none
   */
  public static Engine of(String id) {
    return Stream.of(values())
        .filter(engine -> engine.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                UserException.of(
                    ErrorCode.STORE_UNREADABLE,
                    "the recorded engine must be torch or dl4j, found %s; restore run.json from a"
                        + " backup",
                    Printable.quoted(id)));
  }
}
