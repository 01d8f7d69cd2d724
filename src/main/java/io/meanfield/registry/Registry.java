package io.meanfield.registry;

import io.meanfield.store.StoreDirectory;
import io.meanfield.store.file.HadoopPaths;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * The directory that holds the registered models, on any Hadoop file system. Driver only.
 *
 * @param directory the directory as the user wrote it, see {@link HadoopPaths#resolve}
 */
public record Registry(Configuration hadoop, String directory) {
  /**
   * Throws if models cannot be registered, or if the file system cannot keep two processes from
   * changing the same model; call this before any work is done.
   *
   * @param singleWriter whether the caller guarantees that one process at a time writes a model
   * @throws io.meanfield.error.UserException with what is wrong
   */
  public void requireWritable(boolean singleWriter) {
    files().requireWritable(singleWriter, "model");
  }

  /** Returns the names of the models, sorted. */
  public List<String> names() {
    return files().list().stream().filter(RegisteredModel::isValidName).toList();
  }

  /**
   * Returns the model with this name, which has no versions if none was registered.
   *
   * @throws io.meanfield.error.UserException if the name is not valid
   */
  public RegisteredModel model(String name) {
    RegisteredModel.requireValidName(name);
    return new RegisteredModel(name, files().directory(name));
  }

  /**
   * Returns the version that a reference names at this moment.
   *
   * @throws io.meanfield.error.UserException if there is no such version
   */
  public ModelVersion resolve(VersionReference reference) {
    return model(reference.model()).resolve(reference);
  }

  /** The location of the registry, for messages. */
  public String display() {
    return files().display();
  }

  private StoreDirectory files() {
    return StoreDirectory.shared(
        hadoop, HadoopPaths.resolve(directory), RegistrySettings.DIRECTORY);
  }
}
