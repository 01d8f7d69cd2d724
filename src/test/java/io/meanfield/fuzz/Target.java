package io.meanfield.fuzz;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A place for a file of one format, with the code of Meanfield that reads it. */
interface Target extends AutoCloseable {
  /** Returns the file to mutate, with its valid contents. */
  Sample sample();

  default Path file() {
    return sample().file();
  }

  default List<byte[]> seeds() {
    return sample().seeds();
  }

  /** Returns the content for a case. */
  default byte[] mutated(Mutator mutator, Draws draws) {
    return mutator.mutate(seeds(), draws);
  }

  /**
   * Returns the files of a case: the mutated one, and others beside it that must fit to it.
   *
   * @param content of {@link #mutated}, or of a file that was found
   */
  default Map<Path, byte[]> files(byte[] content) {
    return Map.of(file(), content);
  }

  /**
   * Reads the file as a command does, and checks what it has read.
   *
   * @throws WrongContent if the file was read and its content is not valid
   * @throws Exception as the code that reads the file does
   */
  void read() throws Exception;

  /** Returns what a refusal must contain: the name of the file. */
  default String name() {
    return file().getFileName().toString();
  }

  /** Returns whether reading a damaged file may change another file. */
  default boolean mayChange(Path file) {
    return false;
  }

  /** Returns whether a refusal has a line for each problem of the settings in the file. */
  default boolean listsProblems() {
    return false;
  }

  @Override
  default void close() {}
}
