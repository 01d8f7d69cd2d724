package io.meanfield.fuzz;

/** Thrown if a file was read without an error although its content is not valid. */
final class WrongContent extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WrongContent(String message) {
    super(message);
  }

  static void unless(boolean valid, String message) {
    if (!valid) {
      throw new WrongContent(message);
    }
  }
}
