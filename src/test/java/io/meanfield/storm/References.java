package io.meanfield.storm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The undisturbed runs, each made when a scenario first needs it. */
final class References {
  private final Path folder;
  private final Site template;
  private final Map<String, Reference> references = new HashMap<>();

  /** An undisturbed run. */
  private record Reference(EndState end, Pace pace) {}

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
      List<String> command = template.submit(Scenario.Master.LOCAL, arguments);
      run(template, command, arguments.get(arguments.size() - 1));
    }
    return new References(folder, template);
  }

  private static Pace run(Site site, List<String> command, String id)
      throws IOException, InterruptedException {
    try (StormProcess process =
        StormProcess.start(command, site.environment(), site.run(id), site.log(id + ".txt"))) {
      process.finish(List.of(0));
      Duration total = process.elapsed();
      Duration toLease =
          process
              .awaitLease()
              .orElseThrow(() -> new Violation("an undisturbed run has taken no lease"));
      return new Pace(toLease, total);
    }
  }

  /** Returns a copy of the state before the command. */
  Site site(String name) throws IOException {
    return Site.copy(template, folder.resolve(name));
  }

  /** Returns how the command ends undisturbed on {@code local[2]}. */
  EndState end(StormCommand command) throws IOException, InterruptedException {
    return reference(command, Scenario.Master.LOCAL).end();
  }

  /**
   * Returns how fast the command is undisturbed; throws {@link Violation} if its end depends on the
   * master.
   */
  Pace pace(StormCommand command, Scenario.Master master) throws IOException, InterruptedException {
    Reference reference = reference(command, master);
    reference.end().requireEqual(end(command));
    return reference.pace();
  }

  private synchronized Reference reference(StormCommand command, Scenario.Master master)
      throws IOException, InterruptedException {
    String name = command + "-" + master;
    Reference reference = references.get(name);
    if (reference == null) {
      Site site = site(name);
      Pace pace = run(site, site.submit(master, command.arguments(site)), command.run());
      reference = new Reference(EndState.of(site), pace);
      references.put(name, reference);
    }
    return reference;
  }
}
