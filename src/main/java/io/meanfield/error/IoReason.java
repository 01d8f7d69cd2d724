package io.meanfield.error;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives the reason why an operation on a file failed, because the messages of java.nio are often
 * only a path.
 */
public final class IoReason {
  // Java's message after it has tried to open a file: "/a (Permission denied)".
  private static final Pattern IN_PARENTHESES = Pattern.compile("^/.* \\(([^()]+)\\)$");

  private IoReason() {}

  /** Returns the reason for a message about the file, in which the path stands already. */
  public static String of(IOException failure) {
    if (failure instanceof FileSystemException found) {
      return ofFileSystem(found);
    }
    String line =
        Optional.ofNullable(failure.getMessage())
            .flatMap(text -> text.lines().findFirst())
            .orElse("");
    Matcher reason = IN_PARENTHESES.matcher(line);
    if (failure instanceof FileNotFoundException && reason.find()) {
      return reason.group(1);
    }
    return line.isBlank() ? FailureText.words(failure) : line;
  }

  private static String ofFileSystem(FileSystemException failure) {
    if (failure.getReason() != null) {
      return failure.getReason();
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    return failure instanceof NoSuchFileException ? "no such file" : FailureText.words(failure);
  }
}
