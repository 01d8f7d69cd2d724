package io.meanfield.store;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.IoReason;
import io.meanfield.error.UserException;
import io.meanfield.store.file.AtomicFiles;
import io.meanfield.store.file.Fence;
import io.meanfield.store.file.FileContent;
import io.meanfield.store.file.HadoopPaths;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A directory on any Hadoop file system whose files are read and written whole; driver only. */
public sealed class StoreDirectory extends StoredFiles permits RunDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(StoreDirectory.class);

  private final String setting;
  private final Fence fence;

  StoreDirectory(Configuration hadoop, Path path, String setting, Fence fence) {
    super(hadoop, path, fence);
    this.setting = setting;
    this.fence = fence;
  }

  /**
   * Returns a directory that every process may write to at any time.
   *
   * @param setting the setting that locates the directory, for messages
   */
  public static StoreDirectory shared(Configuration hadoop, Path path, String setting) {
    return new StoreDirectory(hadoop, path, setting, Fence.OPEN);
  }

  /**
   * Throws unless this process may change the files(). Every change checks this itself; call this
   * method before long work whose results could not be written.
   *
   * @throws UserException if another process has taken a run over
   */
  public final void requireHeld() {
    fence.requireHeld();
  }

  /** Returns a directory below this one. */
  public final StoreDirectory directory(String name) {
    return new StoreDirectory(hadoop(), path(name), setting, fence);
  }

  /**
   * Throws if the directory cannot be written, or if its file system cannot keep two processes from
   * creating the same file; call this before any work is done.
   *
   * @param singleWriter whether the caller guarantees that one process at a time writes
   * @param subject what the files belong to, for messages: "run"
   */
  public final void requireWritable(boolean singleWriter, String subject) {
    try {
      if (!singleWriter && !files().hasAtomicCreate(path())) {
        throw unprotected(subject);
      }
      fileSystem().mkdirs(path());
    } catch (IOException e) {
      throw unwritable(path(), e);
    }
  }

  private UserException unprotected(String subject) {
    return UserException.of(
        ErrorCode.WRONG_SETTINGS,
        "%s must be on a local disk, on HDFS, or on S3A of Hadoop 3.4.2 or newer, found %s, where"
            + " two processes could write the same %s at once; choose another directory, or set"
            + " run.single-writer = true if you make sure that only one process at a time writes a"
            + " %s",
        setting,
        display(),
        subject,
        subject);
  }

  /** Creates a file unless it exists; see {@link AtomicFiles#putIfAbsent}. */
  public final boolean putIfAbsent(String name, FileContent content) {
    try {
      return files().putIfAbsent(path(name), content);
    } catch (IOException e) {
      throw unwritable(path(name), e);
    }
  }

  /** Writes a file; see {@link AtomicFiles#replace}. */
  public final void replace(String name, FileContent content) {
    try {
      files().replace(path(name), content);
    } catch (IOException e) {
      throw unwritable(path(name), e);
    }
  }

  /** Deletes a file, or a directory with its contents, if it exists. */
  public final void delete(String name) {
    try {
      files().delete(path(name));
    } catch (IOException e) {
      throw unwritable(path(name), e);
    }
  }

  /**
   * Deletes the drafts of killed writers and a directory of drafts; no other process writes. What
   * cannot be deleted stays, because it is no part of any result.
   */
  void deleteDrafts(String drafts) {
    try {
      files().deleteDrafts(path());
      files().delete(path(drafts));
    } catch (IOException e) {
      LOG.warn("cannot delete the drafts in {}: {}", display(), IoReason.of(e));
    }
  }

  public UserException unwritable(Path file, IOException e) {
    return UserException.causedBy(
        e,
        ErrorCode.STORE_UNWRITABLE,
        "cannot write %s: %s; check %s, its permissions and the free space",
        HadoopPaths.display(file),
        IoReason.of(e),
        setting);
  }
}
