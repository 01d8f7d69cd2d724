package io.meanfield.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files in which Linux describes processes: proc(5).
 *
 * @param root where they are mounted
 */
record ProcessFiles(Path root) {
  static final ProcessFiles SYSTEM = new ProcessFiles(Path.of("/proc"));

  // The columns of PID/stat behind the name of the program, which may contain blanks.
  private static final int STATE = 0;
  private static final int THREADS = 17;
  private static final int START = 19;
  private static final String NO_SUCH_PROCESS = "No such process"; // as the JDK writes ESRCH
  private static final Pattern HIDDEN = Pattern.compile("\\S+ /proc .*\\bhidepid=(?!0|off).*");

  /**
   * Describes this process. Returns empty if the files do not tell which processes exist: there are
   * none, they are those of another process id namespace, or they hide the processes of other
   * users.
   *
   * @param pid the id of this process
   */
  Optional<LinuxProcess> describe(long pid) {
    try {
      OptionalLong start = startTicks(pid);
      if (start.isEmpty() || !self().equals(String.valueOf(pid)) || hideProcesses()) {
        return Optional.empty();
      }
      return Optional.of(new LinuxProcess(bootId(), namespaces(), start.getAsLong()));
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns whether a process still exists that shares its ids with this one.
   *
   * @throws IOException if the files cannot be read now
   */
  boolean contain(LinuxProcess process, long pid) throws IOException {
    OptionalLong start = startTicks(pid);
    return start.isPresent() && start.getAsLong() == process.startTicks();
  }

  /** Returns the start of a process; empty if it does not exist or has ended. */
  private OptionalLong startTicks(long pid) throws IOException {
    String[] columns = columns(pid);
    return columns.length <= START || hasEnded(columns)
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(columns[START]));
  }

  // The name of a program is any bytes.
  private String[] columns(long pid) throws IOException {
    try {
      String stat = Files.readString(root.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    } catch (NoSuchFileException gone) {
      return new String[0];
    } catch (IOException e) {
      if (NO_SUCH_PROCESS.equals(e.getMessage())) { // it has ended since the file was opened
        return new String[0];
      }
      throw e;
    }
  }

  // A zombie whose parent has not asked for its exit code. If other threads are left, the process
  // goes on without its first thread.
  private static boolean hasEnded(String[] columns) {
    return columns[STATE].equals("X")
        || (columns[STATE].equals("Z") && columns[THREADS].equals("1"));
  }

  /** Returns the name of this host; empty if the files do not tell it. */
  Optional<String> hostName() {
    try {
      return Optional.of(Files.readString(root.resolve("sys/kernel/hostname")).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private String self() throws IOException {
    return Files.readSymbolicLink(root.resolve("self")).toString();
  }

  private boolean hideProcesses() throws IOException {
    try (Stream<String> mounts =
        Files.lines(root.resolve("self/mounts"), StandardCharsets.ISO_8859_1)) {
      return mounts.anyMatch(mount -> HIDDEN.matcher(mount).matches());
    }
  }

  private String bootId() throws IOException {
    return Files.readString(root.resolve("sys/kernel/random/boot_id")).strip();
  }

  private String namespaces() throws IOException {
    String ids = Files.readSymbolicLink(root.resolve("self/ns/pid")).toString();
    Path time = root.resolve("self/ns/time"); // newer than Linux 5.5; it shifts the start
    return Files.isSymbolicLink(time) ? ids + " " + Files.readSymbolicLink(time) : ids;
  }

  /**
   * What distinguishes a process of Linux from every other one, together with its id.
   *
   * @param bootId the boot of the kernel, which a restart of the machine changes
   * @param namespaces the namespaces in which the id and the start are valid: two containers of a
   *     machine have processes with the same id
   * @param startTicks the start, in clock ticks since the boot: the system reuses process ids. A
   *     change of the machine's clock does not change it, unlike the start as an instant.
   */
  record LinuxProcess(String bootId, String namespaces, long startTicks) {
    /** Returns whether an id names the same process for both. */
    boolean sharesIdsWith(LinuxProcess other) {
      return bootId.equals(other.bootId) && namespaces.equals(other.namespaces);
    }
  }
}
