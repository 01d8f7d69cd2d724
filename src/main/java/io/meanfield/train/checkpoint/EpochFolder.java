package io.meanfield.train.checkpoint;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two directories of a run with a file for each epoch, and the names of these files. */
enum EpochFolder {
  RECORDS("epochs", "", ".json"),
  CHECKPOINTS("checkpoints", "epoch-", ".state");

  private final String directory;
  private final String prefix;
  private final String suffix;
  private final Pattern used;

  EpochFolder(String directory, String prefix, String suffix) {
    String name = prefix + "(\\d{6}|[1-9]\\d{6,8})" + Pattern.quote(suffix);
    this.directory = directory;
    this.prefix = prefix;
    this.suffix = suffix;
    this.used = Pattern.compile(name);
  }

  /** The name of the directory, relative to the run's. */
  String directory() {
    return directory;
  }

  /** Returns the name of the file of an epoch, relative to the run's directory. */
  String file(int epoch) {
    return String.format("%s/%s%06d%s", directory, prefix, epoch, suffix);
  }

  /** Returns the epoch in the name of a file; empty if the file has another kind of name. */
  OptionalInt epoch(String name) {
    Matcher matcher = used.matcher(name);
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }
}
