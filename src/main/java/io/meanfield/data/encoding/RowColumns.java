package io.meanfield.data.encoding;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The columns of a table that concern an example as a whole.
 *
 * @param id the column with unique ids, integers or strings; empty if the id of an example is its
 *     position
 * @param weight the column with the weight of each example, a number of at least 0; empty if all
 *     examples count once
 * @param dividing the column that divides the examples; empty if they are divided at random
 */
public record RowColumns(
    Optional<String> id, Optional<String> weight, Optional<DividingColumn> dividing) {
  /** Returns the columns that are set. */
  List<String> named() {
    return Stream.of(id, weight, dividing.map(DividingColumn::name))
        .flatMap(Optional::stream)
        .toList();
  }
}
