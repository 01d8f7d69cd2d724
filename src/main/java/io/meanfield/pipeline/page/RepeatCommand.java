package io.meanfield.pipeline.page;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.meanfield.error.Redaction;
import io.meanfield.pipeline.housekeeping.RunDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The command line that repeats a run: its command and the settings that are not the defaults. */
record RepeatCommand(RunRecord run) {
  private static final Pattern PLAIN = Pattern.compile("[\\w./:=@%+,-]+");

  @Override
  public String toString() {
    List<String> words = new ArrayList<>(List.of("scripts/submit", run.command()));
    option(words, "--model", "model.name");
    option(words, "--from", "from");
    option(words, "--date", "requested.date");
    Config settings = run.manifest().section("settings").orElse(ConfigFactory.empty());
    for (String key : RunDetails.chosen(settings).keySet()) {
      words.add("--set");
      words.add(quoted(key + "=" + RecordSection.hocon(key, settings.getValue(key))));
    }
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

  /** Returns a word of a command line for a shell. */
  static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
