package io.meanfield.pipeline.page;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.meanfield.error.Printable;
import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.pipeline.housekeeping.RunSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The command line that repeats a run of {@code train}, {@code play}, {@code evaluate} or {@code
 * retrain}: its command, its options and the settings that are not the defaults.
 *
 * @param options the options that settings do not replace, with their values
 */
record RepeatCommand(RunRecord run, List<String> options) {
  /** Describes how to repeat a run of any command, also of one that this version lacks. */
  static String sentence(RunRecord run) {
    return RunCommand.of(run.manifest())
        .map(command -> sentence(command, run))
        .orElseGet(() -> withoutLine(run));
  }

  private static String sentence(RunCommand command, RunRecord run) {
    return switch (command) {
      case TRAIN -> line(run, option(run, "--from", "from"));
      case PLAY -> line(run, Stream.empty()); // the settings say it all
      case EVALUATE -> line(run, option(run, "--model", "model.name"));
      case RETRAIN -> line(run, ofRetrain(run));
      case FIT -> "A Spark program has fitted this model. The same program repeats the run.";
      case PREDICT, EXPORT, PREPARE, LESSON -> withoutLine(run);
    };
  }

  private static String withoutLine(RunRecord run) {
    return "The command " + run.command() + " repeats this run.";
  }

  private static String line(RunRecord run, Stream<String> options) {
    return "This command repeats the run under another name: "
        + code(new RepeatCommand(run, options.toList()));
  }

  private static Stream<String> ofRetrain(RunRecord run) {
    return Stream.of(
            option(run, "--date", "requested.date"),
            flag(run, "--dry-run", "requested.dry_run"),
            flag(run, "--allow-backfill", "requested.allow_backfill"))
        .flatMap(options -> options);
  }

  private static Stream<String> option(RunRecord run, String name, String entry) {
    return run.manifest().string(entry).stream()
        .flatMap(value -> Stream.of(name, Printable.shellWord(value)));
  }

  private static Stream<String> flag(RunRecord run, String name, String entry) {
    return run.manifest().string(entry).filter("true"::equals).map(set -> name).stream();
  }

  // A paragraph of a page shows text between backticks as code, and text with others as it is.
  private static String code(RepeatCommand command) {
    return command.toString().contains("`") ? command.toString() : "`" + command + "`";
  }

  @Override
  public String toString() {
    List<String> words = new ArrayList<>(List.of("scripts/submit", run.command()));
    words.addAll(options);
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
