package io.meanfield.pipeline.housekeeping;

import io.meanfield.registry.History;
import io.meanfield.registry.ModelVersion;

/**
 * A registered version that a run has trained.
 *
 * @param champion whether it is the champion at this moment
 * @param promoted whether it is or was the champion
 */
public record RunVersion(String name, boolean champion, boolean promoted) {
  static RunVersion of(ModelVersion version, History history) {
    return new RunVersion(
        version.name().toString(),
        history.champion().filter(number -> number == version.number()).isPresent(),
        history.wasChampion(version.number()));
  }

  /** Returns the name with its rank, such as "mnist@3 (champion)". */
  public String display() {
    return name + (champion ? " (champion)" : promoted ? " (promoted)" : "");
  }
}
