package io.meanfield.cli;

import java.util.List;

/**
 * A path that a command reads or writes.
 *
 * @param name the setting or option
 * @param path the path as the user wrote it
 */
record NamedPath(String name, String path) {
  /** Returns the paths of one setting. */
  static List<NamedPath> all(String name, List<String> paths) {
    return paths.stream().map(path -> new NamedPath(name, path)).toList();
  }
}
