package io.meanfield.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The directory of one run; driver only. Only the directory that {@link Lease#run()} returns can be
 * written to.
 */
public final class RunDirectory {
  static final String MANIFEST = "run.json";
  private static final String STATUS = "status.json";
  private static final String MODEL = "model.zip";
  private static final String TABLES = "tables";
  static final String DRAFTS = "drafts";

  private final RunId id;
  private final Path path;
  private final Configuration hadoop;
  private final Fence fence;
  private final AtomicFiles files;

  RunDirectory(RunId id, Path path, Configuration hadoop, Fence fence) {
    this.id = id;
    this.path = path;
    this.hadoop = hadoop;
    this.fence = fence;
    this.files = new AtomicFiles(hadoop, fence);
  }

  /** Returns whether the directory has a file or directory with this name. */
  boolean exists(String name) {
    try {
      return path.getFileSystem(hadoop).exists(path(name));
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** Returns the same directory, whose changes must pass {@code other}. */
  RunDirectory withFence(Fence other) {
    return new RunDirectory(id, path, hadoop, other);
  }

  /**
   * Throws unless this process holds the run. Every write checks this itself; call this method
   * before long work whose results could not be written.
   *
   * @throws UserException if another process has taken the run over
   */
  public void requireHeld() {
    fence.requireHeld();
  }

  public RunId id() {
    return id;
  }

  /** The location of the directory, for messages. */
  public String display() {
    return HadoopPaths.display(path);
  }

  /** The path of the model, a file in the format of DL4J. */
  public Path model() {
    return path(MODEL);
  }

  /** Returns the directory with the files of a table. */
  public Path table(String name) {
    return path(TABLES + "/" + name);
  }

  Path path(String name) {
    return new Path(path, name);
  }

  public Manifest manifest() {
    Path file = path(MANIFEST);
    try {
      return Manifest.parse(
          new String(files.read(file), StandardCharsets.UTF_8), HadoopPaths.display(file));
    } catch (FileNotFoundException e) {
      throw new UserException(
          ErrorCode.WRONG_ARGUMENTS, display() + " is not a run: it has no " + MANIFEST, e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Replaces the manifest of the run, for a run that is extended. */
  public void replaceManifest(Manifest manifest) {
    replace(MANIFEST, manifest.content());
  }

  public void write(Status status) {
    replace(STATUS, Json.content(status));
  }

  /** Returns the status of the run; empty if the run has never been started. */
  public Optional<Status> status() {
    return read(STATUS, Status.class);
  }

  /** Returns the status of the run; empty if the run has not succeeded. */
  public Optional<Status> success() {
    return status().filter(status -> status.state() == Status.State.SUCCEEDED);
  }

  /** Returns the locations of the run, its model and its tables, if they exist, for messages. */
  public Map<String, String> paths() {
    Map<String, String> paths = new LinkedHashMap<>();
    paths.put("run", display());
    if (exists(MODEL)) {
      paths.put("model", HadoopPaths.display(model()));
    }
    if (exists(TABLES)) {
      paths.put("tables", HadoopPaths.display(path(TABLES)));
    }
    return paths;
  }

  public void writeModel(FileContent content) {
    replace(MODEL, content);
  }

  /** Creates a file in this directory unless it exists; see {@link AtomicFiles#putIfAbsent}. */
  public boolean putIfAbsent(String name, FileContent content) {
    try {
      return files.putIfAbsent(path(name), content);
    } catch (IOException e) {
      throw unwritable(path(name), e);
    }
  }

  /** Writes a file in this directory; see {@link AtomicFiles#replace}. */
  public void replace(String name, FileContent content) {
    try {
      files.replace(path(name), content);
    } catch (IOException e) {
      throw unwritable(path(name), e);
    }
  }

  public void delete(String name) {
    try {
      files.delete(path(name));
    } catch (IOException e) {
      throw unwritable(path(name), e);
    }
  }

  /** Deletes the drafts of killed writers; for the end of a job. */
  public void deleteDrafts() {
    try {
      files.deleteDrafts(path);
      files.delete(path(DRAFTS));
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /** Returns the bytes of a file; empty if there is no such file. */
  public Optional<byte[]> readBytes(String name) {
    try {
      return Optional.of(files.read(path(name)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(path(name), e);
    }
  }

  /** Returns the record that a JSON file contains; empty if there is no such file. */
  public <T extends Record> Optional<T> read(String name, Class<T> type) {
    return readBytes(name).map(bytes -> parse(bytes, name, type));
  }

  private <T extends Record> T parse(byte[] bytes, String name, Class<T> type) {
    try {
      return Json.parse(bytes, type);
    } catch (JsonProcessingException e) {
      throw new UserException(
          ErrorCode.STORE_UNREADABLE,
          HadoopPaths.display(path(name)) + " is damaged: " + e.getOriginalMessage(),
          e);
    } catch (IOException e) {
      throw unreadable(path(name), e);
    }
  }

  /** Returns the names of the complete files in a directory of this run, sorted. */
  public List<String> list(String directory) {
    try {
      return Arrays.stream(
              fileSystem().listStatus(path(directory), file -> !file.getName().startsWith(".")))
          .map(status -> status.getPath().getName())
          .sorted()
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw unreadable(path(directory), e);
    }
  }

  AtomicFiles files() {
    return files;
  }

  FileSystem fileSystem() throws IOException {
    return path.getFileSystem(hadoop);
  }

  static UserException unwritable(Path path, IOException e) {
    return new UserException(
        ErrorCode.STORE_UNWRITABLE,
        "cannot write "
            + HadoopPaths.display(path)
            + ": "
            + reason(e)
            + "; check run.directory, its permissions and the free space",
        e);
  }

  private static UserException unreadable(Path path, IOException e) {
    return new UserException(
        ErrorCode.STORE_UNREADABLE,
        "cannot read " + HadoopPaths.display(path) + ": " + reason(e),
        e);
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
