package io.meanfield.pipeline.page;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.meanfield.error.Printable;
import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.pipeline.housekeeping.RunSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command line that repeats a run of {@code train}, {@code play}, {@code evaluate} or {@code
 * retrain}: its command, its options and the settings that are not the defaults.
 */
final class RepeatCommand {
  // The options that settings do not replace, with their entries of run.json; true is a flag.
  private static final Map<RunCommand, List<Map.Entry<String, String>>> OPTIONS =
      Map.of(
          RunCommand.TRAIN, List.of(Map.entry("--from", "from")),
          RunCommand.PLAY, List.of(),
          RunCommand.EVALUATE, List.of(Map.entry("--model", "model.name")),
          RunCommand.RETRAIN,
              List.of(
                  Map.entry("--date", "requested.date"),
                  Map.entry("--dry-run", "requested.dry_run"),
                  Map.entry("--allow-backfill", "requested.allow_backfill")));

  private RepeatCommand() {}

  /** Describes how to repeat a run of any command, also of one that this version lacks. */
  static String sentence(RunRecord run) {
    Optional<RunCommand> command = RunCommand.of(run.manifest());
    if (command.filter(RunCommand.FIT::equals).isPresent()) {
      return "A Spark program has fitted this model. The same program repeats the run.";
    }
    if (command.filter(OPTIONS::containsKey).isEmpty()) {
      return "The command " + run.command() + " repeats this run.";
    }
    String line = line(run, OPTIONS.get(command.get()));
    // A paragraph of a page shows text between backticks as code, and text with others as it is.
    return "This command repeats the run under another name: "
        + (line.contains("`") ? line : "`" + line + "`");
  }

  private static String line(RunRecord run, List<Map.Entry<String, String>> options) {
    List<String> words = new ArrayList<>(List.of("scripts/submit", run.command()));
    for (Map.Entry<String, String> option : options) {
      String value = run.manifest().string(option.getValue()).orElse("false");
      if (!value.equals("false")) {
        words.add(option.getKey());
      }
      if (!List.of("true", "false").contains(value)) {
        words.add(Printable.shellWord(value));
      }
    }
    Config settings = run.manifest().section("settings").orElse(ConfigFactory.empty());
    RunSummary.chosen(settings)
        .forEach(
            (key, value) -> {
              words.add("--set");
              words.add(Printable.shellWord(key + "=" + value));
            });
    words.add("--run-id");
    words.add(run.directory().id() + "-again");
    return String.join(" ", words);
  }
}
