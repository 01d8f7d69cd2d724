package io.meanfield.data.source;

import io.meanfield.data.Dataset;
import java.util.List;

/**
 * The examples of a data set that its split sets aside for tests.
 *
 * @param whole the source of the data set
 * @param fraction the fraction of its examples that is for tests, above 0 and below 1
 */
public record TestShare(Source whole, double fraction) implements Source {
  @Override
  public Dataset open(ReadContext context) {
    Dataset data = whole.open(context);
    return data.orRelease(() -> data.testShare(fraction));
  }

  @Override
  public boolean isSet() {
    return whole.isSet();
  }

  @Override
  public List<String> locations() {
    return whole.locations();
  }
}
