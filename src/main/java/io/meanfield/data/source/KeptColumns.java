package io.meanfield.data.source;

import java.util.List;

/**
 * Columns of a table whose texts are kept beside the examples.
 *
 * @param option that names them, for messages
 */
public record KeptColumns(String option, List<String> names) {
  /** No columns. */
  public static final KeptColumns NONE = new KeptColumns("", List.of());

  /** Removes columns that are named twice. */
  public KeptColumns {
    names = names.stream().distinct().toList();
  }
}
