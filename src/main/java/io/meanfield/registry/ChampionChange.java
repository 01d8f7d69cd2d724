package io.meanfield.registry;

import java.util.Optional;
import java.util.function.Function;

/** The result of an attempt to change the champion. */
public sealed interface ChampionChange {
  /** Returns the value of the function for this result. */
  <T> T match(Function<HistoryEntry, T> made, Function<Optional<Integer>, T> outdated);

  /** The champion is the wanted version, or was since then, by this entry. */
  record Made(HistoryEntry entry) implements ChampionChange {
    @Override
    public <T> T match(Function<HistoryEntry, T> made, Function<Optional<Integer>, T> outdated) {
      return made.apply(entry);
    }
  }

  /**
   * Nothing was changed, because the champion is not the one that the version was compared with.
   *
   * @param champion the champion that was found
   */
  record Outdated(Optional<Integer> champion) implements ChampionChange {
    @Override
    public <T> T match(Function<HistoryEntry, T> made, Function<Optional<Integer>, T> outdated) {
      return outdated.apply(champion);
    }
  }
}
