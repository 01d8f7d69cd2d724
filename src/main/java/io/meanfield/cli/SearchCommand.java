package io.meanfield.cli;

import io.meanfield.cli.command.JobCommand;
import io.meanfield.error.Printable;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.search.SearchJob;
import picocli.CommandLine.Command;

@Command(
    name = "search",
    mixinStandardHelpOptions = true,
    description =
        "Train with other settings, each in a run of its own, and name those that are best on the"
            + " validation examples. The same command continues a search that was interrupted;"
            + " with more trials it keeps those that there are.",
    footer = {
      "",
      "Example: scripts/submit search --conf churn.conf --set search.trials=16 --run-id churn-search"
    })
final class SearchCommand extends JobCommand {
  @Override
  public Outcome run(JobContext job) {
    return new SearchJob(job, this::print).run();
  }

  private void print(String line) {
    Printable.println(forPeople(), line);
    forPeople().flush();
  }
}
