package io.meanfield.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTreeTest {
  @TempDir private Path folder;

  /** Reads the train section as a room would, with the keys of this test only. */
  private static int epochs(SettingsTree tree) {
    Section train = tree.section("train");
    train.integer("batch-size", 1);
    return train.integer("epochs", 1);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void laterFilesWinOverEarlierOnesAndAssignmentsOverAll() throws IOException {
    Path first = file("a.conf", "train.epochs = 4");
    Path second = file("b.conf", "train.epochs = 5");
    assertThat(epochs(SettingsTree.load(List.of(first, second), List.of()))).isEqualTo(5);
    assertThat(
            epochs(
                SettingsTree.load(
                    List.of(first, second), List.of("train.epochs=6", "train.epochs=7"))))
        .isEqualTo(7);
  }

  @Test
  void everyProblemIsReportedAtOnceWithFileAndLine() throws IOException {
    Path file = file("bad.conf", "train {\n  epochs = many\n  batch-size = -8\n}");
    SettingsTree tree = SettingsTree.load(List.of(file), List.of());
    epochs(tree);
    assertThatThrownBy(tree::throwIfInvalid)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("train.batch-size must be at least 1, found -8 (" + file + ": 3)")
        .hasMessageContaining(
            "train.epochs must be a whole number, found \"many\" (" + file + ": 2)");
  }

  @Test
  void unknownKeyNamesTheNearestKnownOne() throws IOException {
    Path file = file("typo.conf", "train { bach-size = 3 }");
    SettingsTree tree = SettingsTree.load(List.of(file), List.of());
    epochs(tree);
    assertThatThrownBy(tree::throwIfInvalid)
        .hasMessageContaining(
            "unknown key train.bach-size; did you mean train.batch-size? (" + file + ": 1)");
  }

  @Test
  void unknownTopLevelKeyIsRefused() {
    SettingsTree tree = SettingsTree.load(List.of(), List.of("trian.epochs=3"));
    epochs(tree);
    assertThatThrownBy(tree::throwIfInvalid)
        .hasMessageContaining("unknown key trian; did you mean train?");
  }

  @Test
  void missingFileIsSaid() {
    Path nowhere = folder.resolve("nowhere.conf");
    assertThatThrownBy(() -> SettingsTree.load(List.of(nowhere), List.of()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "settings file " + nowhere + " does not exist; expected the path of a HOCON file");
  }

  @Test
  void textThatIsNoHoconIsSaid() throws IOException {
    Path file = file("broken.conf", "train { epochs = ");
    assertThatThrownBy(() -> SettingsTree.load(List.of(file), List.of()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("settings file is not valid HOCON: ");
  }

  @Test
  void assignmentWithoutEqualsIsSaid() {
    assertThatThrownBy(() -> SettingsTree.load(List.of(), List.of("train.epochs")))
        .hasMessage("--set must be key=value, found \"train.epochs\"");
  }

  @Test
  void choiceListsWhatIsPossible() {
    SettingsTree tree = SettingsTree.load(List.of(), List.of("network.loss=hinge"));
    tree.section("network").choice("loss", Words.class);
    assertThatThrownBy(tree::throwIfInvalid)
        .hasMessageContaining(
            "network.loss must be one of one_word, another, found \"hinge\" (--set network.loss=hinge");
  }

  private enum Words {
    ONE_WORD,
    ANOTHER
  }
}
