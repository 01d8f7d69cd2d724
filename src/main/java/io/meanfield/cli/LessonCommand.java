package io.meanfield.cli;

import io.meanfield.cli.command.JobCommand;
import io.meanfield.error.Printable;
import io.meanfield.lesson.LessonJob;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "lesson",
    mixinStandardHelpOptions = true,
    description =
        "Run the systems of the lesson one after the other and compare the results with the"
            + " expected ranges. The same command continues a lesson that was interrupted.",
    footer = {"", "Example: scripts/submit lesson --run-id lesson-1"})
final class LessonCommand extends JobCommand {
  @Option(
      names = "--systems",
      paramLabel = "FILE",
      defaultValue = "jobs/lesson/lesson.conf",
      description = "The file that lists the systems. Default: ${DEFAULT-VALUE}.")
  private Path systems;

  @Option(
      names = "--slow",
      description = "Also run the systems that take minutes each: CNN, DBN, DQN, RBM and RNN.")
  private boolean slow;

  @Option(
      names = "--only",
      paramLabel = "ID",
      description = "Run only this system and the systems that it is compared with.")
  private String only;

  @Override
  public boolean runsInCluster() {
    return false;
  }

  @Override
  public Outcome run(JobContext job) {
    LessonJob.LessonPlan plan =
        new LessonJob.LessonPlan(systems, Optional.ofNullable(only), slow, options()::settings);
    return new LessonJob(job, plan, this::print).run();
  }

  private void print(String line) {
    Printable.println(forPeople(), line);
    forPeople().flush();
  }
}
