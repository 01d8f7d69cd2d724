package io.meanfield;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Namespaces of process ids and of the host's name, as a container has them: its first process has
 * the id 1. Needs util-linux's {@code unshare} and root.
 */
public final class Container {
  private static final String SCRIPT = "hostname \"$1\" && shift && exec \"$@\"";

  private Container() {}

  /** Skips the test where processes may not have namespaces of their own. */
  public static void assumePossible() {
    assumeTrue(isPossible(), "unshare --pid is not permitted; run the test as root");
  }

  /** Returns whether a process may have namespaces of its own. */
  private static boolean isPossible() {
    try {
      return new ProcessBuilder(command("test", List.of("true"))).start().waitFor() == 0;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Kills the processes of a container and waits until all have ended. */
  public static void kill(Process container) throws InterruptedException {
    List<ProcessHandle> inside = container.descendants().toList();
    container.destroyForcibly().waitFor();
    inside.forEach(process -> process.onExit().join());
  }

  /** Returns the command that runs another one in a container; its end ends all processes there. */
  public static List<String> command(String hostName, List<String> command) {
    List<String> all =
        new ArrayList<>(
            List.of("unshare", "--pid", "--uts", "--fork", "--kill-child", "--mount-proc"));
    all.addAll(List.of("sh", "-c", SCRIPT, "sh", hostName));
    all.addAll(command);
    return all;
  }
}
