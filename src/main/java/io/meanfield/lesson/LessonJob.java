package io.meanfield.lesson;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.run.RunIdentity;
import io.meanfield.pipeline.run.RunManifest;
import io.meanfield.pipeline.run.RunSupervisor;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The command {@code lesson}: runs {@code train} and {@code evaluate} for each system of a list and
 * compares the results with the expected ranges. After an interruption the same command continues
 * with the runs that are not finished.
 */
public final class LessonJob {
  private final JobContext job;
  private final LessonPlan plan;
  private final Consumer<String> print;
  private final SystemRunner runner;

  /**
   * The systems to run.
   *
   * @param file lists all systems
   * @param only the id of the only system to run; its baselines run, too
   * @param slow whether to run the systems that take minutes
   * @param settings loads the settings of each training
   */
  public record LessonPlan(
      Path file, Optional<String> only, boolean slow, SettingsFactory settings) {}

  /** Loads the settings of one training. */
  @FunctionalInterface
  public interface SettingsFactory {
    JobSettings of(Path job, List<String> assignments);
  }

  /**
   * Creates the job.
   *
   * @param print receives a line for each run, and the table
   */
  public LessonJob(JobContext job, LessonPlan plan, Consumer<String> print) {
    this.job = job;
    this.plan = plan;
    this.print = print;
    this.runner = new SystemRunner(job, print);
  }

  /**
   * Runs the job.
   *
   * @throws UserException if a run fails, or a result is not as expected
   */
  public Outcome run() {
    List<LessonSystem> systems = chosen(LessonSystem.read(plan.file()));
    systems.forEach(this::check);
    job.requireWritableRuns();
    job.announcement().run(); // before the results of the first system
    Manifest manifest = manifest(systems);
    RunIdentity.USUAL.requireSame(job.runs().claim(job.id(), manifest), manifest);
    LessonTable table = new LessonTable(results(systems));
    table.lines().forEach(print);
    return RunSupervisor.run(job, manifest, held -> write(held, table));
  }

  private List<LessonSystem> chosen(List<LessonSystem> all) {
    Optional<LessonSystem> only = plan.only().map(id -> find(id, all));
    return all.stream()
        .filter(
            system ->
                only.map(
                        chosen ->
                            system.equals(chosen) || chosen.baselines().contains(system.name()))
                    .orElse(plan.slow() || !system.slow()))
        .toList();
  }

  private LessonSystem find(String id, List<LessonSystem> all) {
    return all.stream()
        .filter(system -> system.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                UserException.of(
                    ErrorCode.WRONG_ARGUMENTS,
                    "--only must be one of %s (%s), found %s",
                    String.join(", ", all.stream().map(LessonSystem::id).toList()),
                    plan.file(),
                    id));
  }

  // Finds wrong settings of any system before the first system runs for minutes.
  private void check(LessonSystem system) {
    settings(system, 1);
  }

  private JobSettings settings(LessonSystem system, int seed) {
    List<String> assignments = new ArrayList<>(system.assignments());
    if (system.seeds() > 1) {
      assignments.add("run.seed=" + seed);
    }
    return plan.settings().of(system.job(), assignments);
  }

  private Manifest manifest(List<LessonSystem> systems) {
    return RunManifest.of(RunCommand.LESSON, job)
        .entry(
            "systems",
            Map.of(
                "file",
                plan.file().toString(),
                "ids",
                systems.stream().map(LessonSystem::id).toList()))
        .build();
  }

  private List<LessonResult> results(List<LessonSystem> systems) {
    Measurements measurements = new Measurements(plan.file());
    List<LessonResult> results = new ArrayList<>();
    for (LessonSystem system : systems) {
      measurements.put(system, repeat(system));
      system.expectations().forEach(each -> results.add(measurements.result(system, each)));
    }
    return results;
  }

  /** Runs a system with each of its seeds and returns the measures of each. */
  private List<Map<String, Double>> repeat(LessonSystem system) {
    return IntStream.rangeClosed(1, system.seeds())
        .mapToObj(seed -> runner.run(system, settings(system, seed), seed))
        .toList();
  }

  private Outcome write(RunDirectory run, LessonTable table) {
    table.write(run);
    if (!table.holds()) {
      throw UserException.of(
          ErrorCode.EXPECTATION_FAILED, "%s; see the column verdict", table.summary());
    }
    return Outcome.done(table.summary(), List.of("table    " + run.display() + "/tables/lesson"));
  }
}
