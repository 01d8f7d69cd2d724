package io.meanfield.store;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import io.meanfield.settings.NearestName;
import io.meanfield.store.file.Fence;
import io.meanfield.store.file.HadoopPaths;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The directory that holds the runs, on any Hadoop file system. Driver only.
 *
 * @param directory the directory as the user wrote it, see {@link HadoopPaths#resolve}
 */
public record Runs(Configuration hadoop, String directory) {
  private static final int MOST_NAMED = 5;

  /** Returns the run with this id; empty if it has no manifest, or if it is being deleted. */
  public Optional<RunDirectory> find(RunId id) {
    return Optional.of(directory(id)).filter(RunDirectory::isRun);
  }

  /**
   * Returns the run that a user names: by its id, or by the path of its directory, which contains a
   * slash.
   *
   * @throws UserException if there is no such run
   */
  public RunDirectory named(String name) {
    if (name.contains("/")) {
      return ofFile(new Path(HadoopPaths.resolve(name), RunDirectory.MANIFEST))
          .orElseThrow(
              () ->
                  UserException.of(
                      ErrorCode.WRONG_ARGUMENTS,
                      "there is no run in %s; expected the directory of a run",
                      name));
    }
    return existing(name, "the id of a run or the path of its directory");
  }

  /**
   * Returns the run with this id.
   *
   * @param expected what names a run or a model instead, for the message
   * @throws UserException if there is no such run, with the runs that have the nearest names
   */
  public RunDirectory existing(String id, String expected) {
    return Optional.of(id)
        .filter(RunId::isValid)
        .flatMap(valid -> find(new RunId(valid)))
        .orElseThrow(() -> missing(id, expected));
  }

  /** Returns an exception that says which runs there are instead of the one that a user names. */
  public UserException missing(String id, String expected) {
    return UserException.of(
        ErrorCode.WRONG_ARGUMENTS,
        "there is no run %s in %s, %s; expected %s",
        Printable.text(id),
        display(),
        nearest(id),
        expected);
  }

  private String nearest(String id) {
    List<String> names = directories().stream().map(run -> run.id().value()).toList();
    List<String> near =
        NearestName.sorted(id, names).stream()
            .filter(name -> directory(new RunId(name)).isRun())
            .limit(MOST_NAMED + 1)
            .toList();
    if (near.isEmpty()) {
      return "which has no runs";
    }
    return near.size() <= MOST_NAMED
        ? "which has " + String.join(", ", near)
        : "where the nearest names are " + String.join(", ", near.subList(0, MOST_NAMED));
  }

  /** Returns the directories whose names can be those of runs, sorted; they may hold anything. */
  public List<RunDirectory> directories() {
    Path path = HadoopPaths.resolve(directory);
    try {
      return Arrays.stream(path.getFileSystem(hadoop).listStatus(path))
          .filter(FileStatus::isDirectory)
          .map(entry -> entry.getPath().getName())
          .filter(RunId::isValid)
          .sorted()
          .map(name -> directory(new RunId(name)))
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw StoreDirectory.unreadable(path, e);
    }
  }

  /** Returns the run whose directory contains {@code file}; empty if its directory is not a run. */
  public Optional<RunDirectory> ofFile(Path file) {
    Path parent = file.getParent();
    return parent == null || parent.getParent() == null || !RunId.isValid(parent.getName())
        ? Optional.empty()
        : new Runs(hadoop, parent.getParent().toString()).find(new RunId(parent.getName()));
  }

  /**
   * Returns the run with this id, creating it if it does not exist, after an interrupted deletion
   * of it is completed. The first process that writes the manifest determines the run; {@link
   * RunDirectory#manifest} returns that manifest to every other process.
   *
   * @throws UserException if the directory cannot be written, or if a living process is deleting
   *     the run
   */
  public RunDirectory claim(RunId id, Manifest manifest) {
    RunDirectory run = directory(id);
    RunDeletion.complete(run);
    run.withFence(Fence.OPEN).putIfAbsent(RunDirectory.MANIFEST, manifest.content());
    return run;
  }

  /**
   * Throws if runs cannot be written, or if the file system cannot keep two processes from writing
   * the same run; call this before any work is done.
   *
   * @param singleWriter whether the caller guarantees that one process at a time writes a run
   */
  public void requireWritable(boolean singleWriter) {
    new StoreDirectory(hadoop, HadoopPaths.resolve(directory), RunSettings.DIRECTORY, Fence.CLOSED)
        .requireWritable(singleWriter, "run");
  }

  /** The location of the runs, for messages. */
  public String display() {
    return HadoopPaths.display(HadoopPaths.resolve(directory));
  }

  /** Returns the directory of a run, which may not exist. */
  public RunDirectory directory(RunId id) {
    Path path = new Path(HadoopPaths.resolve(directory), id.value());
    return new RunDirectory(id, path, hadoop, Fence.CLOSED);
  }
}
