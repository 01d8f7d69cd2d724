package io.meanfield.data.encoding;

import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The names of the inputs of an exported graph: those of the columns, in which {@code U+1F600}
 * stands for a character above U+FFFF such as an emoji. ONNX Runtime's interface for Java changes
 * these characters, and then knows no input of that name.
 */
public final class InputNames {
  private InputNames() {}

  /** Returns the name of the input of a column. */
  public static String of(String column) {
    return column
        .codePoints()
        .mapToObj(
            letter ->
                Character.isBmpCodePoint(letter)
                    ? Character.toString(letter)
                    : String.format(Locale.ROOT, "U+%X", letter))
        .collect(Collectors.joining());
  }
}
