package io.meanfield.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
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
 * The directory of one run; driver only. It is for reading, until {@link Lease#run()} gives it for
 * writing.
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

  /** Whether there is a file or directory of that name in it. */
  boolean exists(String name) {
    try {
      return path.getFileSystem(hadoop).exists(path(name));
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** The same directory, whose changes pass {@code other}. */
  RunDirectory withFence(Fence other) {
    return new RunDirectory(id, path, hadoop, other);
  }

  /**
   * Throws unless this process holds the run. Every write asks by itself; this is for asking before
   * work that would be in vain.
   *
   * @throws UserException if another process has taken the run over
   */
  public void requireHeld() {
    fence.requireHeld();
  }

  public RunId id() {
    return id;
  }

  /** Where it is, for a person. */
  public String display() {
    return HadoopPaths.display(path);
  }

  /** DL4J's own format, see {@code network}. */
  public Path model() {
    return path(MODEL);
  }

  /** Where the files of a table are. */
  public Path table(String name) {
    return path(TABLES + "/" + name);
  }

  Path path(String name) {
    return new Path(path, name);
  }

  public Manifest manifest() {
    Path file = path(MANIFEST);
    try (InputStream in = file.getFileSystem(hadoop).open(file)) {
      return Manifest.parse(
          new String(in.readAllBytes(), StandardCharsets.UTF_8), HadoopPaths.display(file));
    } catch (FileNotFoundException e) {
      throw new UserException(
          ErrorCode.WRONG_ARGUMENTS, display() + " is not a run: it has no " + MANIFEST, e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Puts another manifest in the place of the run's, for a run that is extended. */
  public void replaceManifest(Manifest manifest) {
    replace(MANIFEST, manifest.content());
  }

  public void write(Status status) {
    replace(STATUS, Json.content(status));
  }

  /** Returns the status of the run if it has succeeded, else empty. */
  public Optional<Status> success() {
    return read(STATUS, Status.class).filter(status -> status.state() == Status.State.SUCCEEDED);
  }

  /** Returns where the run, its model and its tables are, as far as they exist, for a person. */
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

  public void writeModel(AtomicFiles.Content content) {
    replace(MODEL, content);
  }

  /**
   * Creates the file of that name in this run's directory unless there is one; see {@link
   * AtomicFiles#putIfAbsent}.
   */
  public boolean putIfAbsent(String name, AtomicFiles.Content content) {
    try {
      return files.putIfAbsent(path(name), content);
    } catch (IOException e) {
      throw unwritable(path(name), e);
    }
  }

  /** Writes the file of that name in this run's directory; see {@link AtomicFiles#replace}. */
  public void replace(String name, AtomicFiles.Content content) {
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

  /** Deletes the drafts of writers that were killed; for the end of a job. */
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
    try (InputStream in = fileSystem().open(path(name))) {
      return Optional.of(in.readAllBytes());
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

  /** Names of the complete files in a directory of this run, in order. */
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
