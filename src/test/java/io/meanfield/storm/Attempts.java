package io.meanfield.storm;

import io.meanfield.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The processes that one scenario starts, one command again and again. */
final class Attempts implements AutoCloseable {
  static final int BUSY = 4;
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  private final Site site;
  private final Scenario scenario;
  private final Pace pace;
  private final List<StormProcess> started = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private int hits;
  private int misses;

  /**
   * Creates the attempts of a scenario.
   *
   * @param pace that of the command without a disturbance
   */
  Attempts(Site site, Scenario scenario, Pace pace) {
    this.site = site;
    this.scenario = scenario;
    this.pace = pace;
  }

  Site site() {
    return site;
  }

  String run() {
    return scenario.command().run();
  }

  /** Waits until a process has done this part of its work; returns whether it lives then. */
  boolean await(StormProcess process, double part) throws IOException, InterruptedException {
    return pace.await(process, part);
  }

  StormProcess start() throws IOException {
    return start(command());
  }

  /**
   * Starts the command where no process of another attempt is visible. The host's name is the same,
   * because Spark needs one that has an address.
   */
  StormProcess startInContainer() throws IOException {
    return start(Container.command(Files.readString(HOST_NAME).strip(), command()));
  }

  private StormProcess start(List<String> command) throws IOException {
    StormProcess process =
        StormProcess.start(
            command,
            site.environment(),
            site.run(run()),
            site.log("attempt-" + (started.size() + 1) + ".txt"));
    started.add(process);
    return process;
  }

  private List<String> command() {
    return site.submit(scenario.master(), scenario.command().arguments(site));
  }

  /** Notes a disturbance that met a process at work, for the table. */
  void hit(String done) {
    hits++;
    notes.add(done);
  }

  /** Notes a disturbance before whose moment the process had ended, for the table. */
  void missed(String planned) {
    misses++;
    notes.add(planned + " missed");
  }

  Effects effects() {
    return new Effects(hits, misses, String.join(", ", notes));
  }

  @Override
  public void close() {
    started.forEach(StormProcess::close);
  }
}
