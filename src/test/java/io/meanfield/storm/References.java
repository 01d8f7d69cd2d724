package io.meanfield.storm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The undisturbed runs, each made when a scenario first needs it. */
final class References {
  private final Path folder;
  private final Site template;
  private final Map<StormCommand, EndState> ends = new EnumMap<>(StormCommand.class);
  private final Map<String, Duration> durations = new HashMap<>();

  private References(Path folder, Site template) {
    this.folder = folder;
    this.template = template;
  }

  /** Writes the examples, and trains what every scenario finds. */
  static References create(Path folder) throws IOException, InterruptedException {
    Site template =
        new Site(Files.createDirectories(folder.resolve("template")), folder.resolve("data"));
    template.withWork().writeData();
    for (List<String> arguments : Site.preparation()) {
      run(template, Scenario.Master.LOCAL, arguments);
    }
    return new References(folder, template);
  }

  private static Duration run(Site site, Scenario.Master master, List<String> arguments)
      throws IOException, InterruptedException {
    try (StormProcess process =
        StormProcess.start(
            site.submit(master.url(), arguments),
            site.environment(),
            site.log(arguments.get(0) + ".txt"))) {
      process.finish(List.of(0));
      return process.elapsed();
    }
  }

  /** Returns a copy of the state before the command. */
  Site site(String name) throws IOException {
    return Site.copy(template, folder.resolve(name));
  }

  /** Returns how the command ends undisturbed. */
  EndState end(StormCommand command) {
    return ends.get(command);
  }

  /** Returns how long the command takes undisturbed; its end must not depend on the master. */
  Duration duration(StormCommand command, Scenario.Master master)
      throws IOException, InterruptedException {
    String name = command + "-" + master;
    if (!durations.containsKey(name)) {
      Site site = site(name);
      durations.put(name, run(site, master, command.arguments(site)));
      EndState end = EndState.of(site);
      end.requireEqual(ends.computeIfAbsent(command, first -> end));
    }
    return durations.get(name);
  }
}
