package io.meanfield.store;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.store.file.Fence;
import io.meanfield.store.file.FileContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Deletes runs. A deletion takes the lease, writes a mark, deletes everything else, and deletes the
 * mark last. A process that is killed at any moment leaves a whole run, or one with the mark, which
 * is no run any more and which the next deletion, or the next job of this name, deletes.
 *
 * <p>No directory is renamed, because an object store copies it file by file.
 */
public final class RunDeletion {
  static final String MARK = "deletion.json";

  private static final Set<String> NEEDED_WHILE_DELETING = Set.of(MARK, LeaseEntries.DIRECTORY);
  // Last of the others, because they tell which run is being deleted.
  private static final Set<String> DESCRIPTION = Set.of(RunDirectory.MANIFEST, RunDirectory.STATUS);

  /** The content of the mark. */
  private record Mark(Instant begun) {}

  private RunDeletion() {}

  /**
   * Deletes a run.
   *
   * @param isWanted decides, when no other process can change the run any more
   * @return whether the run was deleted
   * @throws UserException if a living process works on the run, if its directory is a symbolic
   *     link, or if a file cannot be deleted
   */
  public static boolean delete(RunDirectory run, Predicate<RunDirectory> isWanted) {
    linkReason(run)
        .ifPresent(
            reason -> {
              throw new UserException(ErrorCode.STORE_UNWRITABLE, reason);
            });
    try (Lease lease = Lease.take(run)) {
      if (!run.isRun() && !run.isBeingDeleted()) {
        deleteLease(lease); // another process has deleted the run just before
        return false;
      }
      if (!isWanted.test(run)) {
        return false;
      }
      delete(lease);
      return true;
    } catch (IOException e) {
      throw run.unwritable(run.path(), e);
    }
  }

  /**
   * Returns why a run whose directory is a symbolic link cannot be deleted; empty if it is none.
   * What it links to may have another owner, who knows it by another name.
   */
  public static Optional<String> linkReason(RunDirectory run) {
    return run.local(".")
        .map(Path::normalize)
        .filter(Files::isSymbolicLink)
        .map(
            link ->
                String.format(
                    "%s is a symbolic link; delete the link by hand, and the directory that it"
                        + " leads to if nothing else needs it",
                    link));
  }

  /**
   * Completes the deletion of a run, if one has begun.
   *
   * @throws UserException if a living process is deleting the run, or if a file cannot be deleted
   */
  public static void complete(RunDirectory run) {
    if (run.isBeingDeleted()) {
      delete(run, RunDirectory::isBeingDeleted);
    }
  }

  /**
   * Throws if the run was deleted before this process took its lease.
   *
   * @param held the run, whose lease this process holds
   */
  public static void requireNone(RunDirectory held) {
    if (!held.isRun()) {
      throw LeaseEntries.of(held).busy("it was deleted at this moment");
    }
  }

  private static void delete(Lease lease) throws IOException {
    RunDirectory held = lease.run();
    held.putIfAbsent(MARK, FileContent.json(new Mark(Instant.now())));
    for (String name : contents(held)) {
      held.delete(name);
    }
    requireDeleted(contents(held));
    deleteLease(lease);
  }

  private static void deleteLease(Lease lease) throws IOException {
    lease.abandon(); // nothing is written from here on
    RunDirectory left = lease.run().withFence(Fence.OPEN);
    left.delete(LeaseEntries.DIRECTORY);
    left.delete(MARK);
    deleteEmpty(left);
  }

  // Not recursively: another process may already have begun a run with this name.
  private static void deleteEmpty(RunDirectory left) throws IOException {
    if (left.files().names(left.path()).isEmpty()) {
      left.fileSystem().delete(left.path(), false);
    }
  }

  /** Returns the names of all files and directories, drafts too, in the order of their deletion. */
  private static List<String> contents(RunDirectory run) throws IOException {
    return run.files().names(run.path()).stream()
        .filter(name -> !NEEDED_WHILE_DELETING.contains(name))
        .sorted(Comparator.comparing(DESCRIPTION::contains))
        .toList();
  }

  // Tasks of a killed process may still write drafts.
  private static void requireDeleted(List<String> left) throws IOException {
    if (!left.isEmpty()) {
      throw new IOException("cannot delete " + String.join(", ", left));
    }
  }
}
