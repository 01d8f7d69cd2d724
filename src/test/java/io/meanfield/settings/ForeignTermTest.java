package io.meanfield.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.cli.Meanfield;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.settings.JobSettings;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ForeignTermTest {
  private static Set<String> keys() {
    Set<String> keys = new TreeSet<>(ConfigurationPage.readKeys());
    keys.addAll(ConfigurationPage.defaultKeys().keySet());
    return keys;
  }

  private static String message(String key) {
    try {
      JobSettings.load(List.of(), List.of(key + "=1"));
      return "";
    } catch (UserException e) {
      return e.getMessage().replaceFirst(" \\(--set .*", "");
    }
  }

  @Test
  void everySettingThatATermMeansExists() {
    Set<String> keys = keys();
    assertThat(ForeignTerm.settings()).hasSizeGreaterThan(150);
    ForeignTerm.settings()
        .forEach(
            (name, term) -> {
              if (term.target().contains(" = ")) { // an unknown key is refused
                assertThat(JobSettings.load(List.of(), List.of(term.target())))
                    .as(name)
                    .isNotNull();
              } else {
                assertThat(keys).as(name).contains(term.target());
              }
            });
  }

  @Test
  void everyCommandThatATermMeansExistsAndNoTermIsACommand() {
    CommandLine main = Meanfield.commandLine();
    ForeignTerm.commands()
        .forEach(
            (word, term) -> {
              CommandLine command = main;
              for (String name : term.target().split(" ", -1)) {
                command = command.getSubcommands().get(name);
                assertThat(command).as(word + ": " + term.target()).isNotNull();
              }
            });
    assertThat(main.getSubcommands().keySet())
        .doesNotContainAnyElementsOf(ForeignTerm.commands().keySet());
  }

  @Test
  void keysOfOtherToolsGetTheSettingThatTheyMean() {
    assertThat(message("class-weights"))
        .isEqualTo("unknown key class-weights; did you mean data.balance = class-weights?");
    assertThat(message("train.learning_rate"))
        .isEqualTo(
            "unknown key train.learning_rate; did you mean network.optimizer.learning-rate?");
    assertThat(message("batchSize"))
        .isEqualTo("unknown key batchSize; did you mean train.batch-size?");
    assertThat(message("train.num_leaves"))
        .isEqualTo(
            "unknown key train.num_leaves; there are no trees; the nearest is"
                + " network.hidden-layers");
    assertThat(message("xyzzy"))
        .isEqualTo("unknown key xyzzy; docs/configuration.md has every key");
  }
}
