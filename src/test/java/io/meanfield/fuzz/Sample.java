package io.meanfield.fuzz;

import java.nio.file.Path;
import java.util.List;

/**
 * A file to mutate.
 *
 * @param file exists with valid content
 * @param seeds at least two valid contents of the file
 */
record Sample(Path file, List<byte[]> seeds) {}
