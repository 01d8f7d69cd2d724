package io.meanfield.registry;

import com.google.errorprone.annotations.FormatMethod;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.StoreDirectory;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A model with its versions and its history. Driver only.
 *
 * <p>Every change is one new entry of the history. A process that is killed at any moment leaves
 * the old or the new champion. Of several processes one appends its entry; the others decide again
 * on the new history.
 */
public final class RegisteredModel {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private final String name;
  private final VersionStore versions;
  private final HistoryLog log;

  RegisteredModel(String name, StoreDirectory directory) {
    this.name = name;
    this.versions = new VersionStore(name, directory);
    this.log = new HistoryLog(directory);
  }

  static boolean isValidName(String name) {
    return NAME.matcher(name).matches();
  }

  static void requireValidName(String name) {
    if (!isValidName(name)) {
      throw UserException.of(
          ErrorCode.WRONG_ARGUMENTS,
          "the name of a model must be 1 to 100 letters, digits, dots, dashes or underscores and"
              + " start with a letter or digit, found \"%s\"",
          name);
    }
  }

  public String name() {
    return name;
  }

  /** Returns the complete versions, oldest first. */
  public List<ModelVersion> versions() {
    return versions.list();
  }

  /** Returns a complete version; empty if there is none with this number. */
  public Optional<ModelVersion> version(int number) {
    return versions.find(number);
  }

  /** Returns the version that is in use; empty before the first promotion. */
  public Optional<ModelVersion> champion() {
    return history().champion().map(this::requireNamed);
  }

  /**
   * Returns a version that is or was the champion.
   *
   * @throws UserException if its files are missing or damaged
   */
  public ModelVersion champion(int number) {
    return history().wasChampion(number) ? requireNamed(number) : require(number);
  }

  /** Returns the history at this moment. */
  public History history() {
    return log.read();
  }

  /**
   * Returns the version that a reference names at this moment.
   *
   * @throws UserException if there is no such version, or if its manifest is damaged
   */
  public ModelVersion resolve(VersionReference reference) {
    return reference
        .number()
        .map(this::require)
        .orElseGet(() -> requireNamed(history().champion().orElseThrow(this::noChampion)));
  }

  private ModelVersion require(int number) {
    return versions
        .find(number)
        .orElseThrow(
            () -> unusable("there is no version %s of %s%s", number, name, completeVersions()));
  }

  /** Returns a version that the history names. */
  private ModelVersion requireNamed(int number) {
    return versions
        .find(number)
        .orElseThrow(
            () ->
                UserException.of(
                    ErrorCode.STORE_UNREADABLE,
                    "the history of %s names version %s, which does not exist%s; restore it from a"
                        + " backup",
                    name,
                    number,
                    completeVersions()));
  }

  private String completeVersions() {
    String numbers =
        versions.complete().stream().map(String::valueOf).collect(Collectors.joining(", "));
    return numbers.isEmpty() ? "; it has no version" : "; the versions are: " + numbers;
  }

  private UserException noChampion() {
    return unusable("%s has no champion; promote a version first, or name one by its number", name);
  }

  @FormatMethod
  private static UserException unusable(String format, Object... arguments) {
    return UserException.of(ErrorCode.MODEL_UNUSABLE, format, arguments);
  }

  /**
   * Registers a model as the next version. The same run registers the same version again, so that a
   * run that was killed continues.
   *
   * @throws UserException if the run's files cannot be read or the version cannot be written, or if
   *     the version of this run has other weights
   */
  public ModelVersion register(NewVersion version) {
    return versions.complete(versions.claim(version.run().id().value()), version);
  }

  /**
   * Makes a version the champion.
   *
   * @param expected the champion that the version was compared with; empty for none
   * @return the entry since which the version is or was the champion; empty if the champion is not
   *     the expected one, and nothing is changed
   * @throws UserException if there is no such version, or if a file of it is damaged
   */
  public Optional<HistoryEntry> promote(int version, Optional<Integer> expected, Cause cause) {
    require(version).requireIntact();
    return changeChampion(Change.promotion(version, expected), cause);
  }

  /**
   * Makes an earlier champion the champion again.
   *
   * @param target an earlier champion; {@link History#previousChampion} is the usual one
   * @param expected the champion that shall be replaced
   * @return the entry since which the version is or was the champion; empty if the champion is not
   *     the expected one, and nothing is changed
   * @throws UserException if the version never was the champion, or is damaged
   */
  public Optional<HistoryEntry> rollBack(int target, Optional<Integer> expected, Cause cause) {
    if (!history().wasChampion(target)) {
      throw unusable(
          "%s never was the champion of %s; expected an earlier champion, or use promote",
          VersionReference.of(name, target), name);
    }
    require(target).requireIntact();
    return changeChampion(Change.rollBack(target, expected), cause);
  }

  private Optional<HistoryEntry> changeChampion(Change change, Cause cause) {
    while (true) {
      History history = log.read();
      Optional<HistoryEntry> entry =
          history
              .made(change, cause)
              .or(
                  () ->
                      history
                          .championEntry()
                          .filter(since -> since.change().version() == change.version()));
      if (entry.isEmpty()) {
        if (!history.champion().equals(change.comparedWith())) {
          return Optional.empty();
        }
        entry = log.append(history, change, cause);
      }
      if (entry.isPresent()) {
        return entry;
      }
    }
  }
}
