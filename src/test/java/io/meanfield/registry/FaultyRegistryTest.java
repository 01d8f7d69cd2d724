package io.meanfield.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.fixture.FaultyDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Changes of a registry on a disk that becomes unavailable at any step: there always is an intact
 * champion, the old or the new one, and the repeated change ends as one without a fault.
 */
class FaultyRegistryTest {
  private static final Cause TUESDAY =
      new Cause("retrain", "beats the champion", Optional.of("tuesday"));
  private static final Cause ANN = new Cause("ann", "wrong answers", Optional.empty());

  @TempDir private Path folder;

  private final Configuration hadoop = new Configuration();

  @BeforeEach
  void mount() {
    FaultyDisk.mount(hadoop);
  }

  @AfterEach
  void repair() {
    FaultyDisk.repair();
  }

  private RegisteredModel model(String copy) {
    return new Registry(hadoop, FaultyDisk.at(folder.resolve(copy))).model("digits");
  }

  private NewVersion version(String run) {
    return NewVersion.of(
        "digits", TestVersions.run(new Configuration(), folder + "/runs", run, "model of " + run));
  }

  /** Registers one version a run in the first copy, and promotes it. */
  private void promoted(String... runs) {
    for (String run : runs) {
      int number = model("0").register(version(run)).number();
      promote("0", number);
    }
  }

  private void promote(String copy, int number) {
    Optional<Integer> champion = model(copy).history().champion();
    assertThat(model(copy).promote(number, champion, TUESDAY)).isPresent();
  }

  /**
   * Makes the change with a fault at its first step, its second step and so on, each on a copy of
   * the registry, until no fault occurs; repeats it without a fault.
   *
   * @return the number of steps that have failed
   */
  private int atEveryStep(List<Integer> champions, int last, Consumer<String> change) {
    int step = 0;
    boolean faultOccurred = true;
    while (faultOccurred) {
      String copy = String.valueOf(step + 1);
      copy(folder.resolve("0"), folder.resolve(copy));
      FaultyDisk.unavailableAfter(step);
      attempt(change, copy);
      faultOccurred = FaultyDisk.faultOccurred();
      FaultyDisk.repair();
      assertChampion(copy, champions);
      change.accept(copy);
      assertChampion(copy, List.of(last));
      step++;
    }
    return step - 1;
  }

  private static void attempt(Consumer<String> change, String copy) {
    try {
      change.accept(copy);
    } catch (RuntimeException lost) {
      assertThat(FaultyDisk.faultOccurred()).isTrue();
    }
  }

  private void assertChampion(String copy, List<Integer> expected) {
    ModelVersion champion = model(copy).champion().orElseThrow();
    assertThat(champion.number()).isIn(expected);
    assertThat(champion.damages()).isEmpty();
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void registrationAndPromotionLeaveTheOldOrTheNewChampion() {
    promoted("monday");
    NewVersion tuesday = version("tuesday");
    int steps =
        atEveryStep(
            List.of(1, 2), 2, copy -> promote(copy, model(copy).register(tuesday).number()));
    assertThat(steps).isGreaterThan(15); // five files, each opened, written and renamed
    assertThat(model("1").versions()).hasSize(2); // the repeated registration is the same version
    assertThat(model("1").history().entries()).hasSize(2);
  }

  @Test
  void rollBackLeavesTheOldOrTheNewChampion() {
    promoted("monday", "tuesday");
    int steps =
        atEveryStep(
            List.of(2, 1),
            1,
            copy -> model(copy).rollBack(1, model(copy).history().champion(), ANN));
    assertThat(steps).isGreaterThan(2);
  }
}
