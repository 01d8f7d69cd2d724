package io.meanfield.pipeline.housekeeping;

import io.meanfield.registry.History;
import io.meanfield.registry.ModelVersion;
import io.meanfield.registry.VersionReference;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A registered version that a run has trained.
 *
 * @param aliases the aliases at this moment, {@code champion} first
 * @param promoted whether it is or was the champion
 */
public record RunVersion(String name, List<String> aliases, boolean promoted) {
  static RunVersion of(ModelVersion version, History history) {
    return new RunVersion(
        version.name().toString(),
        history.aliases(version.number()),
        history.wasChampion(version.number()));
  }

  /** Returns the name with its rank, such as "mnist@3 (champion)". */
  public String display() {
    boolean isChampion = aliases.contains(VersionReference.CHAMPION);
    String rank =
        Stream.concat(
                aliases.stream(), promoted && !isChampion ? Stream.of("promoted") : Stream.of())
            .collect(Collectors.joining(", "));
    return rank.isEmpty() ? name : name + " (" + rank + ")";
  }
}
