package io.meanfield.storm;

import io.meanfield.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The processes that one scenario starts, one command again and again. */
final class Attempts implements AutoCloseable {
  static final int BUSY = 4;
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  private final Site site;
  private final Scenario scenario;
  private final Duration undisturbed;
  private final List<StormProcess> started = new ArrayList<>();
  private final List<String> log = new ArrayList<>();

  /**
   * Creates the attempts of a scenario.
   *
   * @param undisturbed the time that the command takes without a disturbance
   */
  Attempts(Site site, Scenario scenario, Duration undisturbed) {
    this.site = site;
    this.scenario = scenario;
    this.undisturbed = undisturbed;
  }

  Site site() {
    return site;
  }

  String run() {
    return scenario.command().run();
  }

  /** Returns the time after the start that is this part of an undisturbed run. */
  Duration moment(double part) {
    return Duration.ofMillis(Math.round(part * undisturbed.toMillis()));
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
            command, site.environment(), site.log("attempt-" + (started.size() + 1) + ".txt"));
    started.add(process);
    return process;
  }

  private List<String> command() {
    return site.submit(scenario.master().url(), scenario.command().arguments(site));
  }

  /** Notes what was done, for the table. */
  void note(String done) {
    log.add(done);
  }

  String notes() {
    return String.join(" ", log);
  }

  @Override
  public void close() {
    started.forEach(StormProcess::close);
  }
}
