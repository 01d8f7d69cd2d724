package io.meanfield.data.frame;

import io.meanfield.data.source.ReadContext;
import io.meanfield.data.source.Source;

/** A source of the rows of a table. */
public interface TableSource extends Source {
  Table table(ReadContext context);
}
