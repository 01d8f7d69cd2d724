package io.meanfield.engine.dl4j;

import java.io.IOException;
import java.io.InputStream;

/** Opens a file of a model, any number of times. */
@FunctionalInterface
public interface FileSource {
  InputStream open() throws IOException;
}
