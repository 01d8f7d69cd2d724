package io.meanfield.store.file;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.IoReason;
import io.meanfield.error.Printable;
import io.meanfield.error.UserException;
import io.meanfield.settings.SettingsFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A settings file on any Hadoop file system. Its includes resolve beside it. */
public record HadoopSettingsFile(Configuration hadoop, Path path) implements SettingsFile {
  @Override
  public Optional<String> read() {
    try (InputStream in = InputFile.open(path.getFileSystem(hadoop), path)) {
      return Optional.of(text(in));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw UserException.causedBy(
          e,
          ErrorCode.WRONG_SETTINGS,
          "settings file %s cannot be read: %s",
          display(),
          IoReason.of(e));
    }
  }

  @Override
  public SettingsFile resolve(String included) {
    Path file = sibling(included);
    if (!Objects.equals(scheme(file), scheme(path))) {
      throw UserException.of(
          ErrorCode.WRONG_SETTINGS,
          "settings file %s includes %s; expected a path on its own file system",
          display(),
          Printable.quoted(included));
    }
    return new HadoopSettingsFile(hadoop, file);
  }

  private Path sibling(String included) {
    try {
      return new Path(path.getParent(), included);
    } catch (IllegalArgumentException e) { // empty, or with a colon in a relative path
      throw noPath(included, e);
    }
  }

  // Hadoop reads http: and https:, too.
  private static String scheme(Path path) {
    return path.toUri().getScheme();
  }

  @Override
  public String display() {
    return HadoopPaths.display(path);
  }
}
