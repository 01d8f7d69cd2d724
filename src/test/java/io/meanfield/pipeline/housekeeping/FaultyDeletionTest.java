package io.meanfield.pipeline.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.error.UserException;
import io.meanfield.fixture.FaultyDisk;
import io.meanfield.registry.TestVersions;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDeletion;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.Runs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Deletions of a run on a disk that becomes unavailable at any step: the run is whole, or it is no
 * run any more and the next deletion, or the next run of its name, removes what is left.
 */
class FaultyDeletionTest {
  private static final RunId NIGHT = new RunId("night");
  private static final List<String> FILES =
      List.of(
          "model.zip", "run.json", "status.json", "tables/epochs/a.parquet", "checkpoints/1.state");

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

  private Runs runs(int copy) {
    return new Runs(hadoop, FaultyDisk.at(folder.resolve(String.valueOf(copy))));
  }

  private Path night(int copy) {
    return folder.resolve(copy + "/night");
  }

  private void createNight(int copy) throws IOException {
    String location = folder.resolve(String.valueOf(copy)).toString();
    TestVersions.run(new Configuration(), location, "night", "model");
    for (String file : List.of("tables/epochs/a.parquet", "checkpoints/1.state", ".draft")) {
      Files.createDirectories(night(copy).resolve(file).getParent());
      Files.writeString(night(copy).resolve(file), "content of " + file);
    }
  }

  private static List<String> files(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .filter(file -> !file.startsWith("lease"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Deletes a run with a fault at the first step, the second step and so on, each in a directory of
   * its own, until no fault occurs.
   *
   * @param then continues with the directory of this number
   * @return what was left after each fault: whole, begun or gone
   */
  private List<String> deleteAtEveryStep(Consumer<Integer> then) throws IOException {
    List<String> left = new ArrayList<>();
    boolean faultOccurred = true;
    for (int step = 0; faultOccurred; step++) {
      createNight(step);
      FaultyDisk.unavailableAfter(step);
      attempt(runs(step).directory(NIGHT));
      faultOccurred = FaultyDisk.faultOccurred();
      FaultyDisk.repair();
      left.add(state(step));
      then.accept(step);
    }
    return left;
  }

  private static void attempt(RunDirectory run) {
    try {
      assertThat(RunDeletion.delete(run, found -> true)).isTrue();
    } catch (UserException lost) {
      assertThat(FaultyDisk.faultOccurred()).isTrue();
    }
  }

  private String state(int copy) {
    RunDirectory run = runs(copy).directory(NIGHT);
    if (runs(copy).find(NIGHT).isPresent()) {
      assertThat(files(night(copy))).containsAll(FILES);
      assertThat(run.success()).isPresent();
      return "whole";
    }
    if (run.isBeingDeleted()) {
      return "begun";
    }
    assertThat(Files.exists(night(copy)) ? files(night(copy)) : List.of()).isEmpty();
    return "gone";
  }

  private void assertSteps(List<String> left) {
    assertThat(left).startsWith("whole").endsWith("gone").contains("begun");
    assertThat(left.size()).isGreaterThan(10); // lease, mark, six entries, lease, mark, directory
    List<String> order = left.stream().distinct().toList();
    assertThat(order).containsExactly("whole", "begun", "gone");
  }

  @Test
  void interruptedDeletionIsCompletedByTheNextOne() throws IOException {
    List<String> left =
        deleteAtEveryStep(
            copy -> {
              attempt(runs(copy), copy);
              assertThat(night(copy)).doesNotExist();
            });
    assertSteps(left);
  }

  private void attempt(Runs runs, int copy) {
    if (Files.exists(night(copy))) {
      RunDeletion.delete(runs.directory(NIGHT), found -> true);
    }
  }

  @Test
  void nextRunOfTheSameNameFindsNoFileOfTheDeletedOne() throws IOException {
    List<String> left =
        deleteAtEveryStep(
            copy -> {
              boolean isWhole = state(copy).equals("whole");
              Manifest next = Manifest.of(Map.of("command", "next"));
              RunDirectory claimed = runs(copy).claim(NIGHT, next);
              if (isWhole) {
                assertThat(claimed.success()).isPresent();
              } else {
                assertThat(claimed.manifest()).isEqualTo(next);
                assertThat(files(night(copy))).containsExactly("run.json");
              }
            });
    assertSteps(left);
  }

  @Test
  void runThatIsNoLongerWantedIsKept() throws IOException {
    createNight(0);
    assertThat(RunDeletion.delete(runs(0).directory(NIGHT), found -> false)).isFalse();
    assertThat(state(0)).isEqualTo("whole");
  }

  @Test
  void runThatIsGoneLeavesNoDirectory() throws IOException {
    assertThat(RunDeletion.delete(runs(7).directory(NIGHT), found -> true)).isFalse();
    assertThat(night(7)).doesNotExist();
  }
}
