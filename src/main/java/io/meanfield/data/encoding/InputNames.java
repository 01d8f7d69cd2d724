package io.meanfield.data.encoding;

import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Names the inputs of an exported graph. ONNX Runtime's interface for Java damages characters above
 * U+FFFF, such as emoji, so that a name has their codes, such as {@code U+1F600}.
 */
public final class InputNames {
  private InputNames() {}

  /** Returns whether ONNX Runtime's interface for Java damages a text. */
  public static boolean isDamaged(String text) {
    return text.codePoints().anyMatch(Character::isSupplementaryCodePoint);
  }

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
