package io.meanfield.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class PrintableTest {
  private static String message(String text) {
    return new UserException(ErrorCode.WRONG_SETTINGS, text).getMessage();
  }

  @Test
  void controlCharactersAreEscapedAndNewlinesKept() {
    assertThat(message("a\u001b[31mb\0\t\r\u009b\u202e\nä … 日本"))
        .isEqualTo("a\\u001b[31mb\\u0000\\u0009\\u000d\\u009b\\u202e\nä … 日本");
  }

  @Test
  void printedLineIsOneLineThatDrawsNothing() {
    StringWriter out = new StringWriter();
    Printable.println(new PrintWriter(out), "a\u001b[31m\nb\t\u202e\u2028ä");
    assertThat(out)
        .hasToString("a\\u001b[31m\\u000ab\\u0009\\u202e\\u2028ä" + System.lineSeparator());
  }

  /** As in JSON, where an escape has four digits. */
  @Test
  void characterBeyondTheFirst65536HasTwoEscapes() {
    assertThat(Printable.escaped("a\udb40\udc01b")).isEqualTo("a\\udb40\\udc01b");
  }

  @Test
  void longLinesAreCut() {
    assertThat(message("x".repeat(2_000) + "\n" + "y".repeat(2_001)))
        .isEqualTo("x".repeat(2_000) + "\n" + "y".repeat(1_999) + "…");
  }
}
