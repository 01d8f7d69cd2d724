package io.meanfield.registry;

import java.util.Optional;

/** The result of an attempt to change the champion. */
public sealed interface ChampionChange {
  /** The champion is the wanted version, since this entry. */
  record Made(HistoryEntry entry) implements ChampionChange {}

  /**
   * Nothing was changed, because the champion is not the one that the version was compared with.
   *
   * @param champion the champion that was found
   */
  record Outdated(Optional<Integer> champion) implements ChampionChange {}
}
