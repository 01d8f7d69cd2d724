package io.meanfield.evaluate.inspection;

import java.util.List;
import java.util.Optional;

/**
 * An example that the page of a run shows; a row of table {@code samples}.
 *
 * @param key the id of the example in the data
 * @param actual the class, labels or targets according to the data
 * @param predicted the same according to the model
 * @param probability of the predicted class; empty unless outputs are class probabilities
 * @param picture the example as an image; empty unless it is one
 * @param columns those that differ most from the mean; empty unless the example is a row of a table
 */
record Sample(
    long id,
    String key,
    SampleKind kind,
    String actual,
    String predicted,
    Optional<Double> probability,
    Optional<PixelImage> picture,
    List<ColumnValue> columns) {}
