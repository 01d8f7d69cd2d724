package io.meanfield.pipeline.page;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.meanfield.error.Redaction;
import io.meanfield.pipeline.housekeeping.RunDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The command line that repeats a run of {@code train}, {@code play}, {@code evaluate} or {@code
 * retrain}: its command, its options and the settings that are not the defaults.
 */
record RepeatCommand(RunRecord run) {
  private static final Pattern PLAIN = Pattern.compile("[\\w./:=@%+,-]+");

  /** Describes how to repeat a run of any command. */
  static String sentence(RunRecord run) {
    return switch (run.command()) {
      case "train", "play", "evaluate", "retrain" ->
          "This command repeats the run under another name: " + code(new RepeatCommand(run));
      case "fit" -> "A Spark program has fitted this model. The same program repeats the run.";
      default -> "The command " + run.command() + " repeats this run.";
    };
  }

  // A paragraph of a page shows text between backticks as code, and text with others as it is.
  private static String code(RepeatCommand command) {
    return command.toString().contains("`") ? command.toString() : "`" + command + "`";
  }

  @Override
  public String toString() {
    List<String> words = new ArrayList<>(List.of("scripts/submit", run.command()));
    switch (run.command()) {
      case "train" -> option(words, "--from", "from");
      case "play" -> {} // the settings say it all
      case "evaluate" -> option(words, "--model", "model.name");
      case "retrain" -> {
        option(words, "--date", "requested.date");
        flag(words, "--dry-run", "requested.dry_run");
        flag(words, "--allow-backfill", "requested.allow_backfill");
      }
      default -> throw new IllegalStateException(run.command() + " has no command line");
    }
    Config settings = run.manifest().section("settings").orElse(ConfigFactory.empty());
    RunDetails.chosen(settings)
        .forEach(
            (key, value) -> {
              words.add("--set");
              words.add(quoted(key + "=" + value));
            });
    words.add("--run-id");
    words.add(run.directory().id() + "-again");
    return String.join(" ", words);
  }

  private void option(List<String> words, String name, String entry) {
    run.manifest()
        .string(entry)
        .ifPresent(
            value -> {
              words.add(name);
              words.add(quoted(Redaction.of(value)));
            });
  }

  private void flag(List<String> words, String name, String entry) {
    run.manifest().string(entry).filter("true"::equals).ifPresent(set -> words.add(name));
  }

  /** Returns a word of a command line for a shell. */
  static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
