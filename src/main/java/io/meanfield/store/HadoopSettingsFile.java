package io.meanfield.store;

import io.meanfield.error.ErrorCode;
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
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "settings file " + display() + " cannot be read: " + IoReason.of(e),
          e);
    }
  }

  @Override
  public SettingsFile resolve(String included) {
    Path file = new Path(path.getParent(), included);
    if (!Objects.equals(scheme(file), scheme(path))) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "settings file "
              + display()
              + " includes \""
              + included
              + "\"; expected a path on its own file system");
    }
    return new HadoopSettingsFile(hadoop, file);
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
