package io.meanfield.store;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.settings.SettingsFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A settings file on any Hadoop file system. Its includes resolve beside it. */
public record HadoopSettingsFile(Configuration hadoop, Path path) implements SettingsFile {
  @Override
  public Optional<String> read() {
    try (InputStream in = path.getFileSystem(hadoop).open(path)) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "settings file " + path + " cannot be read: " + e.getMessage(),
          e);
    }
  }

  @Override
  public SettingsFile resolve(String included) {
    return new HadoopSettingsFile(hadoop, new Path(path.getParent(), included));
  }

  @Override
  public String display() {
    return HadoopPaths.display(path);
  }
}
