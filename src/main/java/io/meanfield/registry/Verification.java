package io.meanfield.registry;

import io.meanfield.error.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The result of reading all files of a model.
 *
 * @param versions the names of the versions that were read
 * @param damages a sentence for each file or version that is damaged or missing
 */
public record Verification(List<String> versions, List<String> damages) {

  /** Reads the files of one version. */
  public static Verification of(ModelVersion version) {
    return new Verification(List.of(version.name().toString()), version.damages());
  }

  static Verification of(String model, VersionStore store, History history) {
    List<String> damages = new ArrayList<>(missing(model, store, history));
    List<Integer> numbers = store.complete();
    numbers.forEach(number -> damages.addAll(damages(store, number)));
    return new Verification(
        numbers.stream().map(number -> VersionReference.of(model, number).toString()).toList(),
        damages);
  }

  private static List<String> damages(VersionStore store, int number) {
    try {
      return store.find(number).map(ModelVersion::damages).orElse(List.of());
    } catch (UserException damaged) {
      return List.of(damaged.getMessage());
    }
  }

  /** Returns a sentence for each version that the history needs and that does not exist. */
  private static List<String> missing(String model, VersionStore store, History history) {
    Set<Integer> needed = new TreeSet<>(history.champions());
    needed.addAll(history.aliases().values());
    return needed.stream()
        .filter(number -> !store.isComplete(number))
        .map(
            number ->
                VersionReference.of(model, number)
                    + " is missing, and the history names it as champion or by an alias; restore"
                    + " its files from a backup")
        .toList();
  }
}
