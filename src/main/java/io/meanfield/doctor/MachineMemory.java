package io.meanfield.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Reads the memory of a machine and the limit of its container. */
final class MachineMemory {
  private final Path root;

  /**
   * Prepares reading.
   *
   * @param root the root of the file system, {@code /} but in tests
   */
  MachineMemory(Path root) {
    this.root = root;
  }

  /** Returns the bytes of the machine; empty if {@code /proc/meminfo} does not tell. */
  OptionalLong host() {
    return lines(root.resolve("proc/meminfo")).stream()
        .filter(line -> line.startsWith("MemTotal:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst();
  }

  /** Returns the smallest limit of the control groups of this process, of version 1 and 2. */
  OptionalLong container() {
    List<Long> limits = new ArrayList<>();
    for (String line : lines(root.resolve("proc/self/cgroup"))) {
      String[] fields = line.split(":", 3);
      if (fields.length == 3 && fields[1].isEmpty()) {
        addLimits(limits, root.resolve("sys/fs/cgroup"), fields[2], "memory.max");
      } else if (fields.length == 3 && List.of(fields[1].split(",", -1)).contains("memory")) {
        addLimits(limits, root.resolve("sys/fs/cgroup/memory"), fields[2], "memory.limit_in_bytes");
      }
    }
    return limits.stream().mapToLong(Long::longValue).min();
  }

  // The limit of each group holds for the groups below it. In a container the upper groups, and
  // often the group itself, are not visible.
  private static void addLimits(List<Long> limits, Path mount, String group, String file) {
    Path named = mount.resolve(group.substring(1)).normalize();
    Path current = named.startsWith(mount) ? named : mount;
    while (current.startsWith(mount)) {
      lines(current.resolve(file)).stream()
          .filter(line -> line.matches("\\d{1,18}"))
          .forEach(line -> limits.add(Long.parseLong(line)));
      current = current.getParent();
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      return List.of(); // a group may have gone since
    }
  }
}
