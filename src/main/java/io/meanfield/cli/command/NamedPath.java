package io.meanfield.cli.command;

import java.util.List;

/**
 * A path that a command reads or writes.
 *
 * @param name the setting or option
 * @param path the path as the user wrote it
 */
public record NamedPath(String name, String path) {
  /** Returns the paths of one setting. */
  public static List<NamedPath> all(String name, List<String> paths) {
    return paths.stream().map(path -> new NamedPath(name, path)).toList();
  }
}
