package io.meanfield.storm;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Archives of the classes that drivers load (JEP 350, class data sharing), with which a process
 * starts in a part of the time. There is one for each master, because their class paths differ; the
 * executors of a local cluster use that of their driver.
 */
record ClassArchives(Path folder) {
  /** Returns the option of Java with which a driver writes the archive when it ends. */
  String writing(Scenario.Master master) {
    return "-XX:ArchiveClassesAtExit=" + file(master);
  }

  /** Returns the option of Java with which a process uses the archive; empty if there is none. */
  String reading(Scenario.Master master) {
    return Files.exists(file(master)) ? "-XX:SharedArchiveFile=" + file(master) : "";
  }

  private Path file(Scenario.Master master) {
    return folder.resolve(master.name().toLowerCase(Locale.ROOT) + ".jsa");
  }
}
